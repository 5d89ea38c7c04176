// What can be tried: texts as somebody would paste them.

/** Of the note, as PyTorch prints it. */
const note = `x = tensor([[0.7459, 0.5881, 0.4795],
            [0.2894, 0.0568, 0.3439],
            [0.6124, 0.7558, 0.4308]])
y = tensor([0, 1, 1])`;

/** Every prediction is right; softmax has been here already. */
const stuck = `loss = 0.5617

tensor([[0.9891, 0.0072, 0.0037],
        [0.0026, 0.9953, 0.0021],
        [0.0108, 0.0040, 0.9852],
        [0.9979, 0.0013, 0.0008],
        [0.0051, 0.9906, 0.0043],
        [0.0019, 0.0084, 0.9897]])
tensor([0, 1, 2, 0, 1, 2])`;

const traceback = `Traceback (most recent call last):
  File "train.py", line 41, in <module>
    loss = criterion(model(images), labels)
  File "/usr/lib/python3/dist-packages/torch/nn/functional.py", line 3462, in cross_entropy
    return torch._C._nn.cross_entropy_loss(
IndexError: Target 10 is out of bounds.`;

/** (2, 5, 4) and (2, 5): the classes are last, and the second sentence is shorter. */
const language = `logits = tensor([[[ 2.1053, -0.3312,  0.4711, -1.0284],
         [-0.6147,  1.8846, -0.1093,  0.2575],
         [ 0.0631, -1.2480,  2.3917,  0.3306],
         [-0.4862,  0.1158, -0.7741,  1.9425],
         [ 1.5520,  0.4096, -0.8837, -0.2011]],

        [[-0.9034,  2.2718,  0.1147, -0.5603],
         [ 0.2209, -0.4075,  1.7083,  0.6311],
         [-1.1926,  0.3384,  0.0472,  2.0158],
         [ 0.1307,  0.0846, -0.2195,  0.1723],
         [-0.0518,  0.2064,  0.1189, -0.1437]]])
labels = tensor([[   0,    1,    2,    3,    0],
        [   1,    2,    3, -100, -100]])`;

/** (1, 3, 4, 6) and (1, 4, 6): the border of an object has the label 255, which is for nobody to learn. */
const segmentation = `out = tensor([[[[ 2.9, 2.7, 1.1, -0.8, -1.9, -2.2],
         [ 3.1, 2.4, 0.6, -1.2, -2.1, -2.4],
         [ 2.8, 2.2, 0.9, -0.7, -1.8, -2.0],
         [ 2.5, 2.1, 1.3, 0.2, -0.9, -1.3]],
        [[-1.4, -0.9, 0.8, 2.3, 2.9, 3.2],
         [-1.7, -1.1, 0.7, 2.6, 3.1, 3.0],
         [-1.5, -1.2, 0.4, 1.9, 2.4, 2.2],
         [-1.2, -0.8, 0.1, 0.7, 0.9, 0.6]],
        [[-1.1, -1.3, -0.6, -0.4, -0.9, -1.0],
         [-1.3, -1.0, -0.5, -0.2, -0.3, -0.5],
         [-0.9, -0.6, -0.1, 0.3, 0.8, 1.1],
         [-0.7, -0.4, 0.2, 1.2, 2.1, 2.6]]]])
mask = tensor([[[0, 0, 255, 1, 1, 1],
         [0, 0, 255, 1, 1, 1],
         [0, 0, 255, 255, 255, 255],
         [0, 0, 0, 255, 2, 2]]])`;

const placeholder = `tensor([[ 2.1053, -0.3312,  0.4711],
        [-0.6147,  1.8846, -0.1093]])
tensor([0, 1])

loss: 0.5617`;

export const EXAMPLES = { note, stuck, traceback, language, segmentation, placeholder } as const;
export type ExampleName = Exclude<keyof typeof EXAMPLES, "placeholder">;
