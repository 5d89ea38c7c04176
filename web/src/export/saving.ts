// The lines for a training script that save one batch, with all that its loss depends on, as batch.npz.

export type Framework = "pytorch" | "numpy" | "keras";

export const SAVING: Readonly<Record<Framework, string>> = {
  pytorch: `import numpy as np

# right after loss = criterion(logits, y), with criterion = nn.CrossEntropyLoss(…)
np.savez(
    "batch.npz",
    logits=logits.detach().cpu().numpy(),  # of bfloat16: logits.detach().float().cpu().numpy()
    labels=y.cpu().numpy(),
    loss=loss.detach().cpu().numpy(),
    reduction=criterion.reduction,
    ignore_index=criterion.ignore_index,
    label_smoothing=criterion.label_smoothing,
    **({} if criterion.weight is None else {"weight": criterion.weight.cpu().numpy()}),
)
`,
  numpy: `import numpy as np

np.savez("batch.npz", logits=logits, labels=y, loss=loss)
# and what else there is: weight=w, ignore_index=-1, label_smoothing=0.1, reduction="sum"
`,
  // predict_on_batch, and test_on_batch with return_dict, are the same in Keras 2 and 3.
  keras: `import numpy as np

x, y = next(iter(train))  # a batch, as model.fit gets it
output = model.predict_on_batch(x)
np.savez(
    "batch.npz",
    logits=np.log(output),  # of a last layer with softmax; with from_logits=True: logits=output
    labels=np.asarray(y),
    loss=model.test_on_batch(x, y, return_dict=True)["loss"],
)
`,
};
