"""The file of the tiny model; that a server reads it, `make integration` shows."""

from __future__ import annotations

import struct
from pathlib import Path

from eval.servers.tiny_model import write


def written(path: Path, letters: str, seed: int) -> bytes:
    write(path, letters, seed)
    return path.read_bytes()


def test_the_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    first = written(tmp_path / "model", "公开件", seed=1)
    assert first == written(tmp_path / "model", "件开公", seed=1)
    assert first != written(tmp_path / "model", "公开件", seed=2)


def test_its_head_counts_what_follows(tmp_path: Path) -> None:
    content = written(tmp_path / "model", "公开件\r\n 1", seed=1)
    magic, version, tensors, entries = struct.unpack_from("<4sIQQ", content)
    assert (magic, version, tensors) == (b"GGUF", 3, 3 + 2 * 9)
    assert entries == 20
    assert len(content) % 32 == 0
    for token in ("公", "开", "件", "▁", "<0x0A>", "<|im_end|>"):
        text = token.encode()
        assert content.count(struct.pack("<Q", len(text)) + text) == 1
