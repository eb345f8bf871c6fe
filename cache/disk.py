"""What diskcache may do with the disk: keep text, with a checksum, inside its database.

diskcache as it comes unpickles what it finds, values and keys (CVE-2025-69872), and reads and removes
whatever file a row names. So nothing here is ever pickled or unpickled, and no reply has a file of its own:
replies are a few kilobytes, and within the database they come and go in one transaction, so that a process
that is killed leaves no half of one.

The checksum finds damage. It is no signature: who can write to the folder can put any text there, which
is then read as sceptically as any reply of a model.
"""

from __future__ import annotations

from hashlib import sha256

from diskcache import UNKNOWN, Disk

from cache.problems import DamagedReplyError

_MODE_RAW = 1  # diskcache's word for a value that stands in the database as it is
_DIGEST_SIZE = sha256().digest_size


class ReplyDisk(Disk):  # type: ignore[misc]
    """Keeps ``str`` under ``str``; refuses pickles and files."""

    def put(self, key: object) -> tuple[str, bool]:
        """The key as the database has it, and that it is no pickle.

        Raises:
            TypeError: if it isn't a ``str``.
        """
        if not isinstance(key, str):
            raise TypeError(f"a key is a str, not {type(key).__name__}")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """The key that a row has.

        Raises:
            DamagedReplyError: if it is a pickle, or no text.
        """
        if raw != 1 or not isinstance(key, str):
            raise DamagedReplyError("a key is no text")
        return key

    def store(
        self,
        value: object,
        read: object,
        key: object = UNKNOWN,  # noqa: ARG002  # diskcache's signature
    ) -> tuple[int, int, None, bytes]:
        """Size of a file, mode, file and content of the row for a value: there never is a file.

        A reply may hold half a surrogate pair, as JSON can: it is kept as well.

        Raises:
            TypeError: if it isn't a ``str``.
        """
        if read or not isinstance(value, str):
            raise TypeError(f"a reply is a str, not {type(value).__name__}")
        content = value.encode("utf-8", "surrogatepass")
        return 0, _MODE_RAW, None, sha256(content).digest() + content

    def fetch(self, mode: object, filename: object, value: object, read: object) -> str:
        """The value that a row has.

        Raises:
            DamagedReplyError: if it is a pickle or in a file, or its checksum is another.
        """
        if mode != _MODE_RAW or filename is not None or read or not isinstance(value, bytes):
            raise DamagedReplyError("a reply is no text in the database")
        content = value[_DIGEST_SIZE:]
        if sha256(content).digest() != value[:_DIGEST_SIZE]:
            raise DamagedReplyError("the checksum of a reply is wrong")
        try:
            return content.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise DamagedReplyError("a reply is no text") from error

    def remove(self, file_path: object) -> None:
        """Leave a file alone that a row names: it can't be one of ours."""
