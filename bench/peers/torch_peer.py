"""Times the rows of the comparison in PyTorch, on one thread.

Tensors.Bench starts this script, and the two take turns: each line on standard input, "<row> <repeats>", is answered
by one line with the median time of a repeat in milliseconds. The first line, "ready <version>", is sent unasked.
"""

import os

# Must be set before the library loads: torch.set_num_threads does not bind OpenBLAS.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

import statistics
import sys
import time

import torch
import torch.nn.functional as F

CLASSES = 10


def mlp_tail(x, weights):
    """Linear layers with ReLU between them."""
    while len(weights) > 2:
        x, weights = F.relu(F.linear(x, weights[0], weights[1])), weights[2:]
    return F.linear(x, weights[0], weights[1])


def cnn(w, x):
    x = F.relu(F.max_pool2d(F.conv2d(x, w[0], w[1]), 2))
    x = F.relu(F.max_pool2d(F.conv2d(x, w[2], w[3]), 2))
    return mlp_tail(x.flatten(1), w[4:])


def lenet5(w, x):
    x = F.max_pool2d(F.relu(F.conv2d(x, w[0], w[1], padding=2)), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, w[2], w[3])), 2)
    return mlp_tail(x.flatten(1), w[4:])


def resnet8(w, x):
    left = iter(w)

    def conv_norm(x, stride=1):
        return F.group_norm(F.conv2d(x, next(left), None, stride, 1), 8, next(left), next(left))

    x = F.relu(conv_norm(x))
    for stride in (1, 2, 2):
        inner = conv_norm(F.relu(conv_norm(x, stride)))
        x = F.relu(inner + (x if stride == 1 else F.conv2d(x, next(left), None, stride)))
    return F.linear(x.mean((2, 3)), next(left), next(left))


def block(inputs, outputs, widens):
    shapes = [(outputs, inputs, 3, 3), (outputs,), (outputs,), (outputs, outputs, 3, 3), (outputs,), (outputs,)]
    return shapes + ([(outputs, inputs, 1, 1)] if widens else [])


NETWORKS = {
    "cnn": (cnn, (1, 28, 28), [
        (10, 1, 5, 5), (10,), (20, 10, 5, 5), (20,), (50, 320), (50,), (10, 50), (10,)]),
    "lenet5": (lenet5, (1, 28, 28), [
        (6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 400), (120,), (84, 120), (84,), (10, 84), (10,)]),
    "resnet8": (resnet8, (3, 32, 32), [
        (16, 3, 3, 3), (16,), (16,), *block(16, 16, False), *block(16, 32, True), *block(32, 64, True), (10, 64), (10,)]),
}


def prepare(network, images):
    """Parameters that train stably, random images and random labels."""
    forward, shape, layout = NETWORKS[network]
    weights = [torch.ones(s) if len(s) == 1 else torch.randn(s) * (1 / s[1:].numel()) ** 0.5 for s in map(torch.Size, layout)]
    return forward, weights, torch.randn(images, *shape), torch.randint(CLASSES, (images,))


def local_update(network, images, steps=5, rate=0.05):
    forward, start, x, y = prepare(network, images)

    def run():
        weights = [w.clone().requires_grad_() for w in start]
        for _ in range(steps):
            gradients = torch.autograd.grad(F.cross_entropy(forward(weights, x), y), weights)
            with torch.no_grad():
                for w, g in zip(weights, gradients):
                    w.add_(g, alpha=-rate)
        with torch.no_grad():
            return torch.cat([(w - s).flatten() for w, s in zip(weights, start)])

    return run


def training_step(network, images):
    forward, weights, x, y = prepare(network, images)
    weights = [w.requires_grad_() for w in weights]
    optimizer = torch.optim.SGD(weights, lr=0.001)

    def run():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(forward(weights, x), y).backward()
        optimizer.step()

    return run


def evaluation(network, images, batch=1000):
    forward, weights, x, y = prepare(network, images)

    @torch.no_grad()
    def run():
        hits = loss = 0.0
        for inputs, labels in zip(x.split(batch), y.split(batch)):
            logits = forward(weights, inputs)
            hits += (logits.argmax(1) == labels).sum().item()
            loss += F.cross_entropy(logits, labels, reduction="sum").item()
        return hits / images, loss / images

    return run


def inversion(network, images, steps=5, rate=0.05):
    forward, start, x, _ = prepare(network, images)
    logits = torch.randn(images, CLASSES).requires_grad_()
    target = [torch.randn_like(w) * 0.01 for w in start]
    x.requires_grad_()
    optimizer = torch.optim.Adam([x, logits], lr=0.1)

    def run():
        begin = [w.detach().requires_grad_() for w in start]
        labels, weights = F.softmax(logits, 1), begin
        for _ in range(steps):
            loss = -(labels * F.log_softmax(forward(weights, x), 1)).sum(1).mean()
            gradients = torch.autograd.grad(loss, weights, create_graph=True)
            weights = [w - rate * g for w, g in zip(weights, gradients)]
        cost = sum((w - b.detach() - t).abs().sum() for w, b, t in zip(weights, begin, target))
        x.grad, logits.grad = torch.autograd.grad(cost, [x, logits])
        optimizer.step()
        with torch.no_grad():
            x.clamp_(-0.43, 2.83)
        return cost.item()

    return run


ROWS = {
    "update-600": lambda: local_update("cnn", 600),
    "update-100": lambda: local_update("cnn", 100),
    "inversion-32": lambda: inversion("cnn", 32),
    "inversion-64": lambda: inversion("cnn", 64),
    "evaluation": lambda: evaluation("cnn", 10_000),
    "lenet5-32": lambda: training_step("lenet5", 32),
    "lenet5-128": lambda: training_step("lenet5", 128),
    "resnet8-32": lambda: training_step("resnet8", 32),
}


def measure(run, repeats):
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    prepared = {}
    print("ready", torch.__version__, flush=True)
    for line in sys.stdin:
        row, repeats = line.split()
        if row not in prepared:
            prepared[row] = ROWS[row]()
        print(measure(prepared[row], int(repeats)), flush=True)


if __name__ == "__main__":
    main()
