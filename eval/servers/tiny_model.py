"""A language model of half a megabyte that knows nothing, as a GGUF file for llama.cpp.

Its weights are random, so that whatever it answers is nonsense. But it is nonsense of a useful kind:
figures, strings and lists that end, for a model without any leaning never closes a string, and its
answers would all be cut off.
"""

from __future__ import annotations

import random
import struct
from array import array
from collections.abc import Iterable
from math import prod
from pathlib import Path
from typing import NamedTuple

CONTEXT = 32_768
_WIDTH, _HEADS, _LAYERS, _INNER = 32, 2, 2, 64

_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_CONTROLS = ("<s>", "<|im_start|>", "<|im_end|>")


class _Token(NamedTuple):
    text: str
    kind: int
    leaning: float  # added to its logit


def write(path: Path, letters: Iterable[str], seed: int = 9) -> None:
    """Write the model.

    Args:
        path: the file.
        letters: characters that get a token of their own; any other is read byte by byte.
        seed: of the random weights.
    """
    tokens = _vocabulary(letters)
    tensors = _tensors(tokens, random.Random(seed))  # noqa: S311
    about = _about(tokens)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(about))
    for key, value in about.items():
        head += _string(key) + _typed(value)
    offset = 0
    for name, (shape, data) in tensors.items():
        head += _string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset)
        offset += len(_aligned(data.tobytes()))
    path.write_bytes(_aligned(head) + b"".join(_aligned(data.tobytes()) for _, data in tensors.values()))


def _vocabulary(letters: Iterable[str]) -> list[_Token]:
    tokens = [_Token("<unk>", _UNKNOWN, 0), *(_Token(text, _CONTROL, 0) for text in _CONTROLS)]
    # Bytes are for reading only. The grammar lets a string hold bytes that are no UTF-8, and the server then
    # refuses, with HTTP 500, what it wrote itself.
    tokens += [_Token(f"<0x{byte:02X}>", _BYTE, -99) for byte in range(256)]
    tokens += [_Token(str(digit), _NORMAL, 2) for digit in range(10)]
    tokens += [_Token(f"{number:02}", _NORMAL, -2) for number in range(100)]
    # Found by trying, as was the seed: a few rows of a few cells each, many with figures.
    marks = {'"': 4.5, ",": 3.5, "]": 3.5, "{": 4.0, "}": 1.0, "[": 0.0, ":": 0.0}
    tokens += [_Token(mark, _NORMAL, leaning) for mark, leaning in marks.items()]
    known = {token.text for token in tokens}
    others = {" ", *letters, *map(chr, range(33, 127))} - known
    # "▁" is how tokenizers of this kind write a blank; a line end is read as a byte.
    return tokens + [
        _Token(letter.replace(" ", "▁"), _NORMAL, -4) for letter in sorted(others) if letter not in "\r\n"
    ]


def _about(tokens: list[_Token]) -> dict[str, object]:
    """What the file says of itself."""
    names = [token.text for token in tokens]
    return {
        "general.architecture": "llama",
        "general.name": "tiny",
        "llama.context_length": CONTEXT,
        "llama.embedding_length": _WIDTH,
        "llama.block_count": _LAYERS,
        "llama.feed_forward_length": _INNER,
        "llama.attention.head_count": _HEADS,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.dimension_count": _WIDTH // _HEADS,
        "llama.vocab_size": len(tokens),
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": names,
        "tokenizer.ggml.scores": [0.0 if token.kind != _NORMAL else -1.0 for token in tokens],
        "tokenizer.ggml.token_type": [token.kind for token in tokens],
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.ggml.bos_token_id": names.index("<s>"),
        "tokenizer.ggml.eos_token_id": names.index("<|im_end|>"),
        "tokenizer.ggml.add_bos_token": True,
        "tokenizer.ggml.add_space_prefix": False,
        "tokenizer.chat_template": _TEMPLATE,
    }


def _tensors(tokens: list[_Token], source: random.Random) -> dict[str, tuple[tuple[int, ...], array[float]]]:
    def noise(*shape: int, scale: float) -> tuple[tuple[int, ...], array[float]]:
        return shape, array("f", (source.gauss(0, scale) for _ in range(prod(shape))))

    ones = (_WIDTH,), array("f", [1] * _WIDTH)
    tensors = {
        "token_embd.weight": noise(_WIDTH, len(tokens), scale=1),
        "output_norm.weight": ones,
        "output.weight": noise(_WIDTH, len(tokens), scale=0.15),
    }
    # The first component of the stream is the same whatever was read: through it the leanings, which
    # have no tensor of their own in this architecture, reach the logits. The layers don't see it, and so
    # depend on what was read.
    constant = 12.0
    for index, token in enumerate(tokens):
        tensors["token_embd.weight"][1][index * _WIDTH] = constant
        tensors["output.weight"][1][index * _WIDTH] = token.leaning / 4
    for layer in range(_LAYERS):
        shapes = {
            **dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_output"), (_WIDTH, _WIDTH)),
            **dict.fromkeys(("ffn_gate", "ffn_up"), (_WIDTH, _INNER)),
            "ffn_down": (_INNER, _WIDTH),
        }
        for name in ("attn_norm", "ffn_norm"):
            tensors[f"blk.{layer}.{name}.weight"] = ones
        for name, shape in shapes.items():
            weights = noise(*shape, scale=0.3)
            if shape[0] == _WIDTH and name != "attn_output":
                weights[1][::_WIDTH] = array("f", [0] * shape[1])
            tensors[f"blk.{layer}.{name}.weight"] = weights
    return tensors


def _aligned(data: bytes) -> bytes:
    return data + bytes(-len(data) % 32)


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _typed(value: object) -> bytes:
    """A value as GGUF writes it: its type, then itself."""
    match value:
        case bool():
            return struct.pack("<I?", 7, value)
        case int():
            return struct.pack("<II", 4, value)
        case float():
            return struct.pack("<If", 6, value)
        case str():
            return struct.pack("<I", 8) + _string(value)
        case list():
            items = [_typed(one) for one in value]
            # Lists of integers are signed by convention; these are small enough to be either.
            kind = struct.pack("<I", 5) if isinstance(value[0], int) else items[0][:4]
            body = b"".join(item[4:] for item in items)
            return struct.pack("<I", 9) + kind + struct.pack("<Q", len(items)) + body
        case _:
            raise TypeError(f"no GGUF type for {value!r}")
