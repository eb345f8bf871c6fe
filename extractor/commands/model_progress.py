"""What a person is told while a model is asked: what is asked, how long it takes, and what goes wrong."""

from __future__ import annotations

import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from extractor.commands.language import note
from extractor.result.steps import Action, Step
from rules.words import Language

if TYPE_CHECKING:  # a command that asks no model starts without all that it takes to ask one
    from extractor.llm.protocol import Traffic
    from extractor.llm.retrying import Wait

_STAGES = frozenset({Action.ASKED, Action.SUSPECTED})
_TROUBLES = frozenset({Action.FAILED, Action.STOPPED})
# Seconds after which a person at a terminal sees a clock, and how often a log gets a line.
_PATIENCE, _BETWEEN_LINES = 2.0, 30.0
_CLEARED = "\r\x1b[2K"


class ModelProgress:
    """Tells on standard error what is being done, if a person watches; what goes wrong, in any case.

    While an answer is waited for, a clock runs on a terminal; elsewhere there is a line now and then. Within
    its ``with`` block Ctrl-C ends the program when the answer that is waited for is there; again, at once.

    Args:
        language: in which it is told.
        keeps: whether answers are kept for the next run.
    """

    def __init__(self, language: Language, *, keeps: bool) -> None:
        self._language = language
        self._keeps = keeps
        self._is_ending = False
        self._handler: Any = None
        self._is_watched = sys.stderr.isatty()
        self._start = time.monotonic()
        self._asked_at: float | None = None
        self._told_at = 0.0
        self._questions = 0
        self._kept = 0
        self._failures: set[str] = set()
        self._last_failure: str | None = None
        self._has_clock = False
        # What tells of Ctrl-C may come in between.
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self._clock = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> ModelProgress:
        self._clock.start()
        is_main = threading.current_thread() is threading.main_thread()
        if is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._handler = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
        self._closed.set()
        self._clock.join()
        self._clear()
        if isinstance(error, KeyboardInterrupt):
            self._note_kept()
        if error is None and self._is_watched and self._kept and self._kept >= self._questions:
            self._note(
                f"{self._kept} 个问题都由保存的答复回答，没有新的花费",
                f"kept replies have answered all questions ({self._kept}): nothing was spent",
            )

    def on_step(self, step: Step, traffic: Traffic) -> None:
        """A step was taken.

        Args:
            step: which.
            traffic: what was sent and received for the report so far.
        """
        is_question = step.action is Action.ASKED
        if self._is_ending:
            if not is_question:
                self._asked_at = None
            raise KeyboardInterrupt
        self._told_at = time.monotonic()
        self._asked_at = self._told_at if is_question else None
        self._questions += is_question
        if step.action in _TROUBLES:
            self._note_trouble(step)
        elif self._is_watched and step.action in _STAGES:
            tokens = traffic.input_tokens + traffic.output_tokens
            seconds = round(time.monotonic() - self._start)
            self._note(
                f"{step.message.zh}（{seconds} 秒，{tokens} token）",
                f"{step.message.en} ({seconds} s, {tokens} tokens)",
            )

    def _note_trouble(self, step: Step) -> None:
        """What goes wrong with one question after the other is told once; what ends the asking, each time.

        Where both are the same, it was just told.
        """
        message = step.message.en
        is_stop = step.action is Action.STOPPED and message != self._last_failure
        if is_stop or message not in self._failures:
            self._note(step.message.zh, message)
        self._failures.add(message)
        self._last_failure = None if step.action is Action.STOPPED else message

    def on_kept(self) -> None:
        """A kept reply has answered a question."""
        self._kept += 1

    def on_wait(self, wait: Wait) -> None:
        """A request is sent again after a while.

        Args:
            wait: why, and after how long.
        """
        if self._is_ending:
            raise KeyboardInterrupt
        said, seconds = wait.error.message, max(round(wait.seconds), 1)
        self._note(
            f"{said.zh}；{seconds} 秒后第 {wait.number} 次请求",
            f"{said.en}; request {wait.number} follows in {seconds} s",
        )

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-C: an answer that is paid for is waited for, unless it is pressed again."""
        if self._is_ending or self._asked_at is None:
            signal.default_int_handler(number, frame)
        self._is_ending = True
        self._note(
            "收到中断：等正在作答的这一问结束；再按一次 Ctrl-C 立即结束",
            "interrupted: the answer that is on its way is waited for; Ctrl-C once more ends at once",
        )

    def _note_kept(self) -> None:
        answered = self._questions - (self._asked_at is not None)
        if self._keeps and answered > 0:
            self._note(
                f"已得到的 {answered} 个答复均已保存，再次运行同一命令不重复花费",
                f"the answers so far ({answered}) are kept: the same command goes on with them, at no cost",
            )

    def _run(self) -> None:
        while not self._closed.wait(1.0):
            asked, now = self._asked_at, time.monotonic()
            if asked is None or now - asked < _PATIENCE:
                continue
            seconds = round(now - asked)
            if self._is_watched:
                words = f"等待模型回答：{seconds} 秒" if self._language == "zh" else f"waiting: {seconds} s"
                with self._lock:
                    self._has_clock = True
                    sys.stderr.write(f"{_CLEARED}{words}")
                    sys.stderr.flush()
            elif now - self._told_at >= _BETWEEN_LINES:
                self._told_at = now
                self._note(
                    f"等待模型回答，已 {seconds} 秒", f"waiting for the model's answer, {seconds} s so far"
                )

    def _note(self, zh: str, en: str) -> None:
        self._clear()
        note(self._language, f"gongkai: {zh}", f"gongkai: {en}")

    def _clear(self) -> None:
        with self._lock:
            if self._has_clock:
                sys.stderr.write(_CLEARED)
                sys.stderr.flush()
            self._has_clock = False
