// 诊断结果的中文文字。`反引号`里是代码。与 en.ts 逐条对应，但按中文的说法来写。

import type { DiagnosisText, Numbers } from "./types.ts";

const all = (n: Numbers) => (n.rows === "1" ? "这一行" : `全部 ${n.rows} 行`);
const first = (n: Numbers) => (n.first ? `第一处是 \`x[${n.first}]\`。` : "");
const lossAtFloor = (n: Numbers) => n.loss && n.distance && `损失 ${n.loss} 减去下限 ${n.floor}，差 ${n.distance}。`;
const accuracy = (n: Numbers) => n.accuracy && `准确率是 ${n.accuracy}。`;
const got = (n: Numbers) => n.got && `PyTorch 拿到的是 \`${n.got}\`。`;

export const zh: DiagnosisText = {
  possible: (title) => `可能：${title}`,
  settles: (what) => `要确定，还需要${what}。`,
  settledBy: {
    logits: "logits 本身",
    labels: "全部标签，或者类别数",
    "more-rows": "更多的行",
    "more-decimals": "更多的小数位（`torch.set_printoptions(precision=8)`），或者文件",
    accuracy: "准确率",
    classes: "类别数",
    code: "看一眼代码，就看损失前面那几行",
  },
  unchecked: {
    logits: "logits（这里没有）",
    labels: "标签（这里没有）",
    classes: "类别数（没有说）",
    "class-axis": "类别在哪一维",
    "column-sums": "各列之和是不是 1（沿批次做的 softmax）",
    "reported-loss": "与训练时打印的损失是否一致",
    "reported-accuracy": "与训练时打印的准确率是否一致",
    "evaluation-mode": "网络是否处在 eval 模式",
    "data-leakage": "标签对不对，有没有混进输入里",
  },
  rules: {
    "softmax-in-front": {
      title: "损失前面多了一层 softmax",
      verdict: (n) =>
        n.oneHot && n.rows !== "1"
          ? "每一行都只有 0 和一个 1：损失前面有 argmax 或 one_hot，梯度传不过去，什么也学不到。"
          : n.loss
            ? `${n.classes} 个类别时，前面多一层 softmax，损失就降不到 ${n.floor} 以下，您的 ${n.loss} ${n.distance ? "正好停在这里" : "与此相符"}。`
            : n.evidence
              ? `这些行已经是 softmax 的输出，而 cross_entropy 里面还有一个 softmax：${n.classes} 个类别，预测得再对，损失也降不到 ${n.floor} 以下。`
              : `和是 1 也可能只是碰巧。${n.classes} 个类别时，前面多一层 softmax，损失就降不到 ${n.floor} 以下。`,
      why: () =>
        "`nn.CrossEntropyLoss` 里面本来就有 softmax。再套一层，它看到的数都在 0 和 1 之间，彼此最多差 1；最好的一行也只是 (1, 0, 0, …)，损失是 L₀ = ln(1 + (C − 1)/e)。",
      proof: (n) => [
        n.rows && n.rowSumError && `${all(n)}的和都是 1，最多差 ${n.rowSumError}；舍入能解释的是 ${n.tolerance}。`,
        n.evidence && `普通的 logits 碰巧成这样，10${n.evidence} 批里也难得有一批。`,
        `前面有 softmax 时，损失总在 ${n.floor} 和 ${n.ceiling} 之间。`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "softmax-twice-in-front": {
      title: "损失前面有两层 softmax",
      verdict: (n) => `这些数像是 softmax 之后又做了一次 softmax：${n.classes} 个类别，损失降不到 ${n.floor} 以下。`,
      why: () => "网络里一层，损失前面又一层，加上损失里面的，一共三层。每一层都把差距再压平一次。",
      proof: (n) => [
        n.rows && n.ratio && `${all(n)}里，最大的数最多是最小的 ${n.ratio} 倍；两层 softmax 之后最多是 e = 2.7183 倍。`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "softmax-over-batch": {
      title: "softmax 沿着批次做了",
      verdict: (n) =>
        n.function
          ? `\`${n.function}\` 没有写 \`dim\`，它就自己选：一维和三维时选第 0 维，也就是批次那一维。`
          : "每一列的和是 1，每一行却不是：softmax 是沿批次做的，`dim=0`，而不是沿类别。",
      why: () => "这样一来，每个样本的概率都取决于同一批里还有谁。何况 `cross_entropy` 前面根本不该有 softmax。",
      proof: (n) => [
        n.columns &&
          `全部 ${n.columns} 列（${n.classes} 个类别）的和都是 1，最多差 ${n.columnSumError}；舍入能解释的是 ${n.tolerance}。`,
        n.evidence && `普通的 logits 碰巧成这样，10${n.evidence} 批里也难得有一批。`,
      ],
    },
    "softmax-over-axis": {
      title: "softmax 没有沿着类别做",
      verdict: () =>
        "沿最后一维，各数的和是 1；沿类别却不是：softmax 是沿最后一维做的，`dim=-1`，而 `cross_entropy` 的类别在第 1 维。",
      why: () =>
        "如果最后一维才是类别，就得先把它移到第 1 维：`logits.movedim(-1, 1)`，形状相同的目标也一样。何况 `cross_entropy` 前面根本不该有 softmax。",
      proof: (n) => [
        n.columns &&
          `沿最后一维的 ${n.columns} 条，和都是 1，最多差 ${n.columnSumError}；舍入能解释的是 ${n.tolerance}。PyTorch 认为有 ${n.classes} 个类别。`,
        n.evidence && `普通的 logits 碰巧成这样，10${n.evidence} 批里也难得有一批。`,
      ],
    },
    "sigmoid-in-front": {
      title: "损失前面多了 sigmoid",
      verdict: (n) =>
        `所有的数都在 0 和 1 之间，像是 sigmoid 的输出：${n.classes} 个类别，损失降不到 ${n.floor} 以下。`,
      why: () =>
        "logits 彼此最多差 1，softmax 就没有多少余地。`cross_entropy` 要的是最后一个线性层的输出，不要限制范围。",
      proof: (n) => [
        n.rows &&
          n.low &&
          `${all(n)}加起来，有 ${n.low} 的数小于 0.05，${n.high} 大于 0.95；范围是 ${n.min} 到 ${n.max}。`,
        n.ceiling && `前面有 sigmoid 时，损失总在 ${n.floor} 和 ${n.ceiling} 之间。`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "bounded-logits": {
      title: "logits 出不了 −1 到 1",
      verdict: (n) =>
        `所有的数都在 −1 和 1 之间，像是 tanh 或余弦相似度：${n.classes} 个类别，损失降不到 ${n.floor} 以下。`,
      why: () => "softmax 能看到的差距最多是 2。tanh 去掉就好；余弦相似度要乘一个系数（s 取 16 到 64，或者除以温度）。",
      proof: (n) => [
        n.rows && n.high && `${all(n)}加起来，有 ${n.high} 的数在 ±0.95 以外；范围是 ${n.min} 到 ${n.max}。`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "relu-output": {
      title: "损失前面多了 ReLU",
      verdict: (n) => `没有一个负数，${n.zeros} 正好是 0：最后一层后面有 ReLU，没法说哪个类别“不可能”。`,
      why: () => "ReLU 变成 0 的地方没有梯度。整行是 0，损失就是 ln C，再也不动。",
      proof: (n) => [
        n.rows && `${n.rows} 行里有 ${n.zeroRows} 行全是 0，损失是 ln C = ${n.uniformLoss}；最大的数是 ${n.max}。`,
      ],
    },
    "log-probabilities": {
      title: "这已经是对数概率",
      verdict: () => "这些行已经做过 log_softmax。没有关系：再做一次什么也不变，损失一样。",
      why: () => "这样的行 log_sum_exp 是 0，所以 log_softmax 再做一次还是它自己。直接用 `nll_loss` 也行。",
      proof: (n) => [
        n.rows && `${all(n)}的 log_sum_exp 都是 0，最多差 ${n.logSumExpError}；舍入能解释的是 ${n.tolerance}。`,
      ],
    },
    "negative-loss": {
      title: "损失是负数",
      verdict: (n) =>
        n.isNll
          ? `${n.loss} 就是 nll_loss 对这些数算出来的：它不取对数，前面要有 log_softmax。`
          : `标签是类别编号时，交叉熵不会是负数，而 ${n.loss} 是。多半是用了 \`nll_loss\`，前面却没有 log_softmax。`,
      why: () =>
        "`nll_loss` 只是取出标签位置上的数，再变号。对概率来说就是 −p，在 −1 和 0 之间；对 logits 来说没有下限。",
      proof: (n) => [`损失是 ${n.loss}。`, n.meanTargetLogit && `标签位置上的数，平均是 ${n.meanTargetLogit}。`],
    },
    "keras-from-logits": {
      title: "from_logits 与最后一层不配",
      verdict: (n) =>
        `损失 \`${n.loss ?? "crossentropy"}\` 写了 \`from_logits=True\`，最后一层却已经有 ${n.activation ?? "softmax"}：等于做了两次。`,
      why: () =>
        "要么最后一层用 softmax，配 `from_logits=False`；要么最后一层不加激活函数，配 `from_logits=True`，这样更精确。",
      proof: () => [],
    },
    "labels-from-one": {
      title: "标签从 1 数起了",
      verdict: (n) =>
        `${n.classes} 个类别，标签都小于 ${n.classes}；这里有 ${n.label}${n.min ? "，却没有 0" : ""}：是从 1 数起的。`,
      why: () => "标签是它在那一行 logits 里的位置，位置从 0 数起。",
      proof: (n) => [
        n.min && `标签的范围是 ${n.min} 到 ${n.max}。`,
        n.rows && `其中 ${n.rows} 个不是类别。${first(n)}`,
      ],
    },
    "label-out-of-range": {
      title: "有的标签不是类别",
      verdict: (n) =>
        !n.label
          ? "有的标签不是类别：小于 0，或者不小于类别数。"
          : n.classes
            ? `一共 ${n.classes} 个类别，从 0 数起，标签里却有 ${n.label}。`
            : `标签里有 ${n.label}，而类别没有那么多。`,
      why: (n) =>
        `要么最后一层的输出太少（\`num_classes\`），要么标签是别的东西：从 1 数起的、原始的 id、像素的颜色。${n.classes ? "" : "`logits.shape` 的第二个数就是类别数。"}`,
      proof: (n) => [
        n.min && `标签的范围是 ${n.min} 到 ${n.max}。`,
        n.rows && `其中 ${n.rows} 个不是类别。${first(n)}`,
      ],
    },
    "padding-label": {
      title: "标签里有填充",
      verdict: (n) =>
        `标签 ${n.label} 不是类别，看起来是填充，或者不算数的区域。要告诉损失：\`ignore_index=${n.label}\`。`,
      why: () => "`cross_entropy` 自己只跳过 −100。别的标签都得是类别。",
      proof: (n) => [
        n.rows && `有 ${n.rows} 个标签是 ${n.label}${n.classes ? `，类别一共 ${n.classes} 个` : ""}。${first(n)}`,
      ],
    },
    "labels-from-one-silent": {
      title: "第 0 类从没出现",
      verdict: (n) =>
        `类别有 ${n.classes} 个，却没有一个标签是 0。如果标签是从 1 数起的，就全都错开了一位，而且不会报错。`,
      why: () => "输出多留了一个，从 1 数起的标签就不报错：网络只是学会永远不预测第 0 类。",
      proof: (n) => [
        n.rows && `${n.rows} 个标签里没有 0，出现的类别有 ${n.seen} 个。`,
        n.shiftedLoss &&
          `换成 \`y - 1\`，损失是 ${n.shiftedLoss}；准确率现在是 ${n.accuracy}，换了之后是 ${n.shiftedAccuracy}。`,
      ],
    },
    "device-side-assert": {
      title: "GPU 上的断言失败",
      verdict: (n) =>
        n.file
          ? "GPU 上发现有的标签不是类别：小于 0，或者不小于类别数。"
          : "GPU 上有一个检查没有通过。用 cross_entropy 时，多半是有的标签不是类别。",
      why: () =>
        "GPU 报错总是慢一拍：traceback 指的那一行不是真正出错的地方，之后的一切也都会失败。重新启动，放到 CPU 上跑，或者加上 `CUDA_LAUNCH_BLOCKING=1`，PyTorch 就会说是哪个标签。",
      proof: (n) => [n.file && `没有通过的是 \`t >= 0 && t < n_classes\`，在 ${n.file} 第 ${n.line} 行。`],
    },
    "logits-dtype": {
      title: "logits 不是浮点数",
      verdict: (n) =>
        `cross_entropy 的 logits 要是小数${n.got ? `，现在是 \`${n.got}\`` : ""}。常常是 input 和 target 写反了，或者前面做了 argmax。`,
      why: () => "第一个参数是网络的原样输出，(N, C)，float32；标签在第二个。",
      proof: (n) => [n.kernel && `\`${n.kernel}\` 没有这种类型的实现。`],
    },
    "target-dtype": {
      title: "标签的 dtype 不对",
      verdict: (n) => `标签是类别编号，要 int64${n.got ? `；现在是 \`${n.got}\`` : ""}。\`.long()\` 转一下就好。`,
      why: () =>
        "“expected Long”说的是 target，不是 logits：PyTorch 要 int64（(N, C) 时 uint8 也行），浮点数和 int32 都不行。",
      proof: (n) => [got(n)],
    },
    "one-hot-target": {
      title: "标签是 one-hot",
      verdict: (n) =>
        n.keras
          ? "标签是 one-hot，而 sparse 的损失要的是类别编号。"
          : "标签里每个类别都有一个数。类别编号是每个样本一个数；当作概率用，则要是浮点数，形状与 logits 相同。",
      why: () =>
        "两种都可以，只是不能各占一半：要么编号，`y.argmax(1)`；要么概率，`y.float()`。有 `weight` 时，两者的平均不同：编号除以所取权重之和，概率除以 N。",
      proof: (n) => [
        n.rows && `${n.rows} 行都是这样的标签。`,
        n.indexLoss && `换成 \`argmax(1)\`，损失是 ${n.indexLoss}。`,
        got(n),
      ],
    },
    "soft-target-sum": {
      title: "软标签不是概率",
      verdict: (n) =>
        n.kHot
          ? "一行里有好几个 1：类别之间并不互斥。那要用 `BCEWithLogitsLoss`。"
          : `有 ${n.rows} 行标签的和不是 1，PyTorch 从不检查：损失被放大了，或者没有下限。`,
      why: () => "`cross_entropy` 照原样计算 −Σ t·log p。t 的和是 S，损失就大了 S 倍；有负数，损失会一直往下掉。",
      proof: (n) => [
        `\`y[${n.first}]\` 的和是 ${n.sum}；舍入能解释的是 ${n.tolerance}。这些数的范围是 ${n.min} 到 ${n.max}。`,
        n.rows && `这样的有 ${n.rows} 行。`,
      ],
    },
    "target-column": {
      title: "标签多了一维",
      verdict: (n) =>
        n.dimensions
          ? `标签有 ${n.dimensions} 维：多了通道那一维，多半是 (N, 1, H, W)，应当是 (N, H, W)。`
          : `标签多了长度为 1 的一维${n.target ? `：${n.target}` : ""}。\`y.squeeze(1)\` 去掉它。`,
      why: () => "类别编号的形状，是 logits 的形状去掉类别那一维：(N, C) 配 (N)，(N, C, H, W) 配 (N, H, W)。",
      proof: (n) => [n.expected && `应当是 ${n.expected}。`],
    },
    "batch-mismatch": {
      title: "logits 和标签的大小对不上",
      verdict: (n) =>
        n.transposed
          ? `标签有 ${n.targetBatch} 个，正好是 logits 的列数：logits 转置了。`
          : n.inputBatch
            ? `logits 是 ${n.inputBatch} 个样本的，标签是 ${n.targetBatch} 个的。`
            : `标签与 logits 对不上${n.input ? `：${n.input} 和 ${n.target}` : n.expected ? `：应当是 ${n.expected}，实际是 ${n.target}` : ""}。`,
      why: () =>
        "总有一处丢了或者合并了一维：`view(-1, …)` 里的数写错了，最后一批小一些，或者只有一边摊平了。在损失前面加一行 `print(logits.shape, y.shape)` 就看得见。",
      proof: (n) => [n.input && n.target && `\`x.shape\` 是 ${n.input}，\`y.shape\` 是 ${n.target}。`],
    },
    "class-axis-last": {
      title: "类别在最后一维",
      verdict: (n) =>
        `logits 是 (N, T, C)，而 cross_entropy 要类别紧跟在 N 后面：(N, C, T)。\`logits.transpose(1, 2)\` 就好。${n.axis ? `这里的类别在第 ${n.axis} 维（从 0 数起）。` : ""}`,
      why: () => "不管有几维，类别总是第 1 维。两边都摊平也一样：`logits.reshape(-1, C)` 和 `y.reshape(-1)`。",
      proof: (n) => [n.expected && `PyTorch 认为标签应当是 ${n.expected}，实际是 ${n.target}。`],
    },
    "class-axis-ambiguous": {
      title: "有两维一样长",
      verdict: (n) =>
        `第 1 维和最后一维一样长，所以 PyTorch 不报错，把第 ${n.axis} 维当作类别：损失是 ${n.loss}。沿第 ${n.otherAxis} 维是 ${n.otherLoss}。`,
      why: () => "(N, T, C) 的 T 等于 C 时不报错，损失却是错的。自己转置好，T 是多少都对。",
      proof: (n) => [`什么都不知道的网络，损失是 ln C = ${n.uniformLoss}。`],
    },
    "channels-last": {
      title: "图像的通道在最后",
      verdict: (n) =>
        `logits 是 (N, H, W, C)，而 cross_entropy 要 (N, C, H, W)：\`logits.permute(0, 3, 1, 2)\`。${n.axis ? `类别在第 ${n.axis} 维。` : ""}`,
      why: () => "不管有几维，类别总是第 1 维（从 0 数起）。",
      proof: (n) => [n.input && `\`x.shape\` 是 ${n.input}，\`y.shape\` 是 ${n.target}。`],
    },
    "float-target-single-sample": {
      title: "单个样本，少了批次那一维",
      verdict: (n) =>
        n.classes
          ? `一行 ${n.classes} 个 logits 配 ${n.classes} 个标签，会当成一个样本的概率，而不是 ${n.classes} 个样本。`
          : "logits 只有一维，PyTorch 会把它当成一个样本的各个类别。",
      why: () =>
        "(C) 是一个样本，它的标签是单独一个数。只有一个样本的一批，用 `unsqueeze(0)` 变成 (1, C)，`y` 是 (1)。",
      proof: (n) => [
        n.input && `\`x.shape\` 是 ${n.input}，\`y.shape\` 是 ${n.target}。`,
        !n.input && n.target ? `标签有 ${n.target} 个。` : undefined,
      ],
    },
    "one-class": {
      title: "只有一个类别",
      verdict: () => "只有一个输出，softmax 永远是 1：损失从第一步起就是 0，梯度也是 0。",
      why: () => "是非题可以用两个输出配 `cross_entropy`，或者一个输出配 `BCEWithLogitsLoss`。",
      proof: (n) => [n.rows && `${all(n)}的 \`x.shape[1]\` 都是 1。`],
    },
    "weighted-mean": {
      title: "平均是加权的",
      verdict: (n) =>
        `有 \`weight\` 时，平均除以标签的权重之和 ${n.divisor}，而不是样本数。不加权的损失是 ${n.unweightedLoss}。`,
      why: () => "mean = Σ w·loss / Σ w，w 是出现的标签的权重。one-hot 标签则除以 N；权重之和是 0 时，平均是 nan。",
      proof: (n) => [n.rows && `算数的样本有 ${n.rows} 个，除数是 ${n.divisor}。`],
    },
    "all-ignored": {
      title: "没有一个标签算数",
      verdict: () => "所有标签都是 `ignore_index`，或者这一批是空的：平均是 0 / 0 = nan，从此一切都是 nan。",
      why: () => "PyTorch 是故意这样的。跳过这样的批次，或者求和之后除以 `max(1, 个数)`。",
      proof: (n) => [
        n.rows &&
          `${n.rows} 个样本，一个也没有留下${n.ignoreIndex ? `（\`ignore_index\` 是 ${n.ignoreIndex}）` : ""}。`,
      ],
    },
    "smoothing-floor": {
      title: "标签本身有下限",
      verdict: (n) => `标签从来不是整整的 1，损失就降不到 ${n.floor} 以下。您的比它高 ${n.distance}。`,
      why: () => "label_smoothing 和软标签给别的类别也留了概率，预测得再好，损失也是标签的熵。要看的是离这个下限多远。",
      proof: (n) => [
        `${n.loss} − ${n.floor} = ${n.distance}${n.labelSmoothing ? `，\`label_smoothing\` 是 ${n.labelSmoothing}` : ""}。`,
        n.rows && `样本有 ${n.rows} 个。`,
        n.classes && `类别有 ${n.classes} 个。`,
        accuracy(n),
      ],
    },
    "reduction-sum": {
      title: "不是平均",
      verdict: (n) => `您的损失 ${n.loss} 是平均值 ${n.mean} 的 ${n.factor} 倍：是总和，或者又除了一次。`,
      why: () => '`reduction="sum"`，把一个 epoch 的各批加了起来，或者梯度累积时除以了步数。',
      proof: (n) => [`${n.loss} / ${n.mean} = ${n.factor}。`],
    },
    "log-base": {
      title: "对数的底不同",
      verdict: (n) => `${n.loss} 是同一个损失，只是以 ${n.base} 为底；自然对数是 ${n.natural}。`,
      why: () => "PyTorch 的对数是 ln。log2 得到的是比特。",
      proof: (n) => [`${n.natural} / ln ${n.base} = ${n.loss}。`],
    },
    "log-of-softmax-underflow": {
      title: "log(softmax(x)) 会丢掉这些行",
      verdict: () => "有些行的 softmax 在标签处是 0，取对数就是 −inf。`cross_entropy` 没有这个问题。",
      why: (n) => `在这种 dtype 里，−${n.limit} 的 exp 就是 0。\`log_softmax\` 用的是减法，一位也不丢。`,
      proof: (n) => [
        `一行的最大值与标签处的 logit 最多差 ${n.gap}；差到 ${n.limit} 就丢了。`,
        n.rows && `这样的有 ${n.rows} 行。${first(n)}`,
      ],
    },
    "nonfinite-logits": {
      title: "logits 里有的不是数",
      verdict: (n) =>
        n.loss
          ? `损失是 ${n.loss}：logits 里有 nan 或 inf，多半在更早的一步就有了。`
          : "logits 里有 nan 或 inf，算出来的也就不是数。",
      why: () =>
        "nan 或 +inf 让那一行的损失变成 nan。掩码留下的 −inf，不在标签处没有关系，在标签处就是 inf；整行都是 −inf 则是 nan，被忽略的行也会把 nan 带进梯度。",
      proof: (n) => [
        n.nan && `nan ${n.nan} 个，inf ${n.inf} 个，−inf ${n.negInf} 个。`,
        n.rows &&
          `有 ${n.rows} 行没有了损失：其中 ${n.atTarget} 行的标签处是 −inf，${n.wholeRows} 行整行是 −inf；另有 ${n.ignoredRows} 行被忽略。${first(n)}`,
      ],
    },
    "half-precision": {
      title: "半精度",
      verdict: (n) =>
        n.got
          ? `这个版本的 PyTorch 在 CPU 上算不了 \`${n.got}\` 的损失。\`logits.float()\` 就好。`
          : "损失是用半精度算的，只有三位数字。",
      why: () => "autocast 会用 float32 算损失，直接 `.half()` 的模型不会。在损失前面把 logits 转成 float32。",
      proof: (n) => [n.kernel && `\`${n.kernel}\` 没有这种类型的实现。`],
    },
    "large-logits": {
      title: "logits 太大",
      verdict: (n) => `logits 大到 ${n.max}；从 ${n.limit} 起，float32 就分不清相邻的数了。`,
      why: () =>
        "到 1e7，float32 相邻的两个数就差 1，而 softmax 看的正是这样的差。多半是学习率太大，或者输入没有归一化。",
      proof: (n) => [n.rows && `${n.rows} 行里 |x| 最大是 ${n.max}。`],
    },
    "at-chance": {
      title: "和瞎猜一样",
      verdict: (n) => `损失是 ln C = ${n.uniformLoss}：网络对所有类别一视同仁。它还什么都没学到，或者根本没看输入。`,
      why: () =>
        "刚开始训练的网络就在这里。一直停在这里，就是没有梯度：ReLU 死了，学习率不合适，标签和数据没有一起打乱，忘了 `optimizer.step()`。",
      proof: (n) => [
        `${n.loss} 与 ln ${n.classes ?? "C"} = ${n.uniformLoss} 相差 ${n.distance}。`,
        accuracy(n),
        n.rows && `样本有 ${n.rows} 个。`,
      ],
    },
    "constant-rows": {
      title: "每一行都一样",
      verdict: (n) => `不管是什么样本，网络对 ${n.rows} 个都说同样的话：它没有看输入。`,
      why: () => "这样的网络最多只能记住各个类别有多常见。看看输入是不是恒定的，或者大得离谱，有没有死掉的层。",
      proof: (n) => [
        `除去整体平移，各行最多差 ${n.deviation}（舍入能解释 ${n.tolerance}），而一行之内 logits 相差 ${n.range}。`,
        n.floor && `这些标签的熵，也就是这时最小的损失，是 ${n.floor}。`,
      ],
    },
    "conflicting-labels": {
      title: "行相同，标签却不同",
      verdict: () => "有的行完全一样，标签却不同：没有网络能两个都对，损失到不了 0。",
      why: () => "重复的样本标签互相矛盾，或者标签和数据错开了。",
      proof: (n) => [n.first && `\`x[${n.first}]\` 和 \`x[${n.second}]\` 相等，标签却不同；这样的有 ${n.rows} 行。`],
    },
    "tiny-range": {
      title: "logits 几乎一样",
      verdict: (n) => `每一行里 logits 最多只差 ${n.range}：各个类别几乎一样可能。刚开始训练时就是这样。`,
      why: () => "如果一直这样，就是最后一层学得太慢，或者有什么把 logits 除小了。",
      proof: (n) => [n.rows && `${n.rows} 行里，一行之内最多差 ${n.range}。`],
    },
    "loss-accuracy-inconsistent": {
      title: "损失和准确率互相矛盾",
      verdict: (n) =>
        n.upper
          ? `预测全对，损失就应当小于 ln C = ${n.upper}，可它是 ${n.loss}。两者不是同一批数据的，或者有一个算的是别的东西。`
          : `准确率是 ${n.accuracy}，损失至少是 ${n.lower}，可它是 ${n.loss}。两者不是同一批数据的，或者有一个算的是别的东西。`,
      why: () => "预测错一个至少要付出 ln 2，预测对的小于 ln C。常常一个是训练集的，另一个是测试集的，或者模式不同。",
      proof: (n) => [
        `准确率 ${n.accuracy} 时，损失至少是 ${n.lower}${n.upper ? `，并且小于 ${n.upper}` : ""}。现在是 ${n.loss}。`,
      ],
    },
    healthy: {
      title: "这里没有问题",
      verdict: () => "这些数正是 cross_entropy 要的。损失还是降不下去，原因在别处。",
      why: () => "",
      proof: () => [],
    },
    "mean-of-means": {
      title: "平均的平均不是平均",
      verdict: (n) =>
        n.mean
          ? `总的平均是 ${n.mean}，${n.groups} 组各自平均之后再平均是 ${n.meanOfMeans}：标签少的组占的分量太大。`
          : "各组平均之后再平均，不等于总的平均：标签少的组占的分量太大。",
      why: () =>
        "有被忽略的标签，或者各批大小不同时，每一组都除以自己的个数；梯度累积也是这样。应当先把总和加起来，最后除一次总个数。",
      proof: (n) => [
        n.divisor &&
          `总的除以 ${n.divisor}，各组除以 ${n.leastDivisor} 到 ${n.greatestDivisor}${n.emptyGroups ? `；有 ${n.emptyGroups} 组没有算数的标签` : ""}。`,
      ],
    },
    "option-mismatch": {
      title: "有的参数不合适",
      verdict: (n) => {
        switch (n.option) {
          case "weight":
            return n.expected
              ? `\`weight\` 是 \`${n.got}\`，logits 是 \`${n.expected}\`，两者要一样。`
              : `\`weight\` 要每个类别一个数${n.weight ? `：类别有 ${n.classes} 个，而它的形状是 ${n.weight}` : ""}。`;
          case "ignoreIndex":
            return "`ignore_index` 只能配类别编号，标签是概率时不能用。";
          case "labelSmoothing":
            return `\`label_smoothing\` 要在 0 和 1 之间${n.dtype ? `这些 logits 换成 ${n.dtype}，PyTorch 的损失是 ${n.pytorch}；精确值是 ${n.exact}。` : n.got ? `，现在是 ${n.got}` : ""}。`;
          case "reduction":
            return `\`reduction\` 是 "mean"、"sum" 或 "none"，没有 "${n.got}"。`;
          case "tensor":
            return n.argument
              ? `\`${n.argument}\` 要是张量，现在是 \`${n.got}\`。`
              : `网络返回的是 \`${n.got}\`，不是张量。`;
          case "device":
            return `\`${n.argument}\` 在别的设备上：${n.first} 和 ${n.second}。`;
          case "keras-units":
            return `最后一层的类别数与标签的不同：${n.output} 和 ${n.target}。`;
          default:
            return `标签是 ${n.target}，输出是 ${n.output}：类别编号配 sparse 的损失，one-hot 配另一个。`;
        }
      },
      why: (n) => {
        switch (n.option) {
          case "weight":
            return "`weight` 是 C 个数的张量，dtype 和设备都与 logits 相同。";
          case "ignoreIndex":
            return "标签是概率时，整行写 0，损失就是 0；不过平均时它还是算一个。";
          case "labelSmoothing":
            return "0 就是没有，常用的是 0.1。";
          case "reduction":
            return '默认是 "mean"。旧的 size_average 已经没有了。';
          case "tensor":
            return "有的网络返回好几样东西：(output, hidden)、GoogLeNet 的辅助输出、带 `.logits` 的 ModelOutput。损失只要其中一个。";
          case "device":
            return "logits、标签和 `weight` 要在一起。`nn.CrossEntropyLoss(weight=w).to(device)` 会把 weight 一起带过去。";
          case "keras-units":
            return "one-hot 标签有多宽，最后一层就要有多少个单元。";
          default:
            return "`sparse_categorical_crossentropy` 要 (N) 的类别编号，`categorical_crossentropy` 要 (N, C) 的 one-hot。";
        }
      },
      proof: () => [],
    },
  },
};
