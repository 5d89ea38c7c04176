import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readReported } from "../../../web/src/read/report.ts";

/** Loss, accuracy and classes in one line: "1.4612 0.99 10", a dash for what is not said. */
function said(text: string): string | null {
  const reported = readReported(text);
  if (!reported) return null;
  const { loss, accuracy, classes } = reported;
  return [loss?.value, accuracy?.value, classes].map((value) => value ?? "-").join(" ");
}

describe("readReported", () => {
  it.each([
    ["my loss is stuck at 1.4612, C = 10, accuracy 99 %", "1.4612 0.99 10"],
    ["损失卡在 1.4612，10 类，准确率 99%", "1.4612 0.99 10"],
    ["1.4612", "1.4612 - -"],
    [" 0.5514\n", "0.5514 - -"],
    ["loss: 0.5514", "0.5514 - -"],
    ["Loss = 0.5514", "0.5514 - -"],
    ["loss 0.5514", "0.5514 - -"],
    ["stuck at 0.5514", "0.5514 - -"],
    ["It is stuck at 0.5514 with 3 classes.", "0.5514 - 3"],
    ["my training loss has been stuck at around 1.46 for 50 epochs", "1.46 - -"],
    ["The loss of my network never goes below 0.7437 (4 classes, 98.5% accuracy)", "0.7437 0.985 4"],
    ["loss won't go below 1.46, acc=0.99, num_classes=10", "1.46 0.99 10"],
    ["the cross entropy loss hovers around 0.55 though accuracy is 100 %", "0.55 1 -"],
    ["loss doesn't go to 0, it is stuck at 0.5514", "0.5514 - -"],
    ["loss went from 2.30 down to 1.4612 and stays there; 10 classes", "1.4612 - 10"],
    ["10-class classification, accuracy of 99 %, loss ≈ 1.46", "1.46 0.99 10"],
    ["99% accuracy but the loss is 1.4612", "1.4612 0.99 -"],
    ["ten classes, loss 1.4612", "1.4612 - 10"],
    ["CIFAR-10 with ResNet-18: loss = 1.4612", "1.4612 - -"],
    ["loss is nan", "NaN - -"],
    ["loss: inf", "Infinity - -"],
    ["loss: tensor(1.4612, device='cuda:0', grad_fn=<NllLossBackward0>)", "1.4612 - -"],
    ["loss: -0.3312", "-0.3312 - -"],
    ["loss: 9.0e-02", "0.09 - -"],
    ["loss一直是0.5514，一共3个类别，预测全对", "0.5514 1 3"],
    ["损失降不下去，停在0.55左右，三分类", "0.55 - 3"],
    ["loss降到1.46就不动了，准确率是99.2%，类别数10", "1.46 0.992 10"],
    ["训练了 50 轮，损失一直在 1.46 附近", "1.46 - -"],
    ["损失降不到 0，卡在 1.4612", "1.4612 - -"],
    ["99%的准确率，loss却卡在1.4612", "1.4612 0.99 -"],
    ["损失：１．４６１２", "1.4612 - -"],
    ["My network has 10 output classes and the loss is stuck at 1.4612", "1.4612 - 10"],
    ["CrossEntropyLoss converges to 1.4612 and not 0, 10 outputs", "1.4612 - 10"],
    ["nn.CrossEntropyLoss() gives me 1.4612 instead of 0", "1.4612 - -"],
    ["my network converges to 1.4612 on MNIST", "1.4612 - -"],
    ["binary classification, 2 classes: loss stuck at 0.3133, accuracy 1.0", "0.3133 1 2"],
    ["Why is the loss stuck at ln(10) = 2.3026?", "2.3026 - -"],
    ["All predictions are right, but the loss is stuck at 0.5514 with 3 classes", "0.5514 1 3"],
    ["everything is classified correctly, loss 0.5514", "0.5514 1 -"],
    ["99% of the predictions are correct, the loss is 1.4612", "1.4612 0.99 -"],
    ["not all predictions are right, loss 0.5514", "0.5514 - -"],
    ["almost all predictions are correct, loss 0.5514", "0.5514 - -"],
    ["Test accuracy is 98% but the loss is 1.48", "1.48 0.98 -"],
    ["1.4612 with 10 classes and 99% accuracy", "1.4612 0.99 10"],
    ["loss 1.46, classes 10", "1.46 - 10"],
    ["[2,  2000] loss: 1.461", "1.461 - -"],
    ["Epoch 1 train loss 0.52 val loss 0.41 val acc 0.81", "0.41 0.81 -"],
    ["train loss 0.52 train acc 0.75 val loss 0.41 val acc 0.81", "0.52 0.75 -"],
    ["Epoch [10/10], Step [100/600], Loss: 1.4612", "1.4612 - -"],
    ["[epoch 5] loss: 1.461 acc: 98.7%", "1.461 0.987 -"],
    ["all 64 predictions are correct, loss bottoms out at 0.55", "0.55 1 -"],
    ["为什么交叉熵损失不为 0？预测全对，三分类，loss=0.5514", "0.5514 1 3"],
    ["accuracy 提升到 99%，loss 只降到 1.46", "1.46 0.99 -"],
    ["全部预测正确，loss 却卡在 0.5514，3 类", "0.5514 1 3"],
    ["网络预测全部正确，但交叉熵还是 0.55", "0.55 1 -"],
    ["准确率百分之百，loss 0.5514，三分类", "0.5514 1 3"],
    ["并非所有预测都对，loss 0.5514", "0.5514 - -"],
    ["模型收敛到 1.4612 就不再下降，有 10 个输出，类别 10", "1.4612 - 10"],
    ["用了 softmax + CrossEntropyLoss，loss 最低 1.4612", "1.4612 - -"],
    ["loss 1.4612, lr 1e-3, batch size 64, epoch 20", "1.4612 - -"],
  ])("%s", (text, reported) => expect(said(text)).toBe(reported));

  it.each([
    [
      "Keras 2",
      "Epoch 5/5\n1875/1875 [==============================] - 5s 3ms/step - loss: 1.4712 - accuracy: 0.9901 - val_loss: 1.4810 - val_accuracy: 0.9804",
      "1.4712 0.9901 -",
    ],
    [
      "Keras 3",
      "Epoch 2/2\n\u001b[1m1875/1875\u001b[0m \u001b[32m━━━━━━━━━━━━━━━━━━━━\u001b[0m\u001b[37m\u001b[0m \u001b[1m3s\u001b[0m 2ms/step - accuracy: 0.9901 - loss: 1.4712",
      "1.4712 0.9901 -",
    ],
    [
      "PyTorch's MNIST",
      "Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.300039\nTrain Epoch: 1 [640/60000 (1%)]\tLoss: 1.463544",
      "1.463544 - -",
    ],
    ["its test", "Test set: Average loss: 1.4712, Accuracy: 9820/10000 (98%)", "1.4712 0.98 -"],
    ["PyTorch's quickstart", "loss: 2.303494  [   64/60000]\nloss: 1.463494  [ 6464/60000]", "1.463494 - -"],
    ["its test", "Test Error: \n Accuracy: 98.5%, Avg loss: 1.471200", "1.4712 0.985 -"],
    ["PyTorch's CIFAR-10", "[1,  2000] loss: 2.191\n[1,  4000] loss: 1.463", "1.463 - -"],
    ["transformers", "{'loss': 0.5514, 'grad_norm': 1.2381, 'learning_rate': 5e-05, 'epoch': 1.0}", "0.5514 - -"],
    [
      "tqdm",
      "Epoch 0: 100%|██████████| 100/100 [00:05<00:00, 18.30it/s, loss=0.5514, v_num=3, train_acc=0.99]",
      "0.5514 0.99 -",
    ],
    ["a logger", "2024-01-31 12:30:05,123 INFO epoch 3 step 200 loss=1.4612 acc=0.99 time=3.2s", "1.4612 0.99 -"],
    [
      "a forum",
      "epoch 0 loss = 2.308579206466675\nepoch 1 loss = 2.297269344329834\nepoch 2 loss = 1.463",
      "1.463 - -",
    ],
    ["Chinese", "第1轮，损失：2.3012，准确率：12.5%\n第2轮，损失：1.4712，准确率：99.0%", "1.4712 0.99 -"],
  ])("a log of %s", (_, text, reported) => expect(said(text)).toBe(reported));

  it("says to how many decimals a number is known", () => {
    const { loss, accuracy } = readReported("loss 1.46e-1, accuracy 99.2 %") ?? {};
    expect([loss, accuracy]).toEqual([
      { value: 0.146, decimals: 3 },
      { value: 0.992, decimals: 3 },
    ]);
  });

  it.each([
    "3", // could be a label
    "1.5, 2",
    "1.5 2.5\n0.3 0.1",
    "[[1.5, 2.5], [0.3, 0.1]]",
    "loss",
    "why is my loss so high?",
    "loss 0.55-0.6",
    "loss between 0.55 and 0.6",
    "loss 1.46 ± 0.02",
    "loss < 0.5",
    "loss should be 0.04",
    "loss is not 0.5",
    "loss/accuracy: 0.5514/0.98",
    "loss and accuracy: 0.5514",
    "loss 0.55, or 0.6",
    "loss 1,4612",
    "loss in bits: 2.1",
    "loss 1.46, accuracy 99", // of what?
    "loss 1.46, accuracy 120 %",
    "loss 1.46, error rate 1 %",
    "loss 1.46, C = 10, 3 classes",
    "loss 1.46, 2.5 classes",
    "loss 1.46, 0 classes",
    "loss 1.46 with label smoothing 0.1",
    "loss of shape (64, 10) is 1.46",
    "loss 64x10",
    "loss is 1.46 with softmax,\nand loss is 0.04 without",
    "train loss 0.5514, test accuracy 60 %", // says nothing of the training's
    "二十类，损失 1.46",
    "y = [0, 1, 2], loss = 1.0646",
    "kl_loss: 0.1",
    "top-5 accuracy 99 %",
  ])("refuses %s", (text) => expect(said(text)).toBeNull());

  it("takes any text, and leaves no number over", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readReported(text)));
    const words = [
      "loss",
      "accuracy",
      "is",
      "at",
      "10 classes",
      "损失",
      "卡在",
      "为",
      "，",
      "with",
      "model",
      "\n",
      "the",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 12 }),
        fc.integer({ min: 1, max: 999 }),
        (said, number) => {
          const text = [...said, `0.${number}`].join(" ");
          const { loss, accuracy } = readReported(text) ?? {};
          if (loss || accuracy) expect([loss?.value, accuracy?.value]).toContain(Number(`0.${number}`));
        },
      ),
    );
  });
});
