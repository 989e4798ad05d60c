"""How files of forms come in: held in memory, never written to the disk in the clear.

What is longer than any form of ours takes is let go while it comes. It arrives empty and says how long it
was, so that its form can refuse it in a sentence. Pages that take in more have a way of their own.
"""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST = 21_000_000  # of all files of one form together


class InMemory(FileUploadHandler):
    """One for each request."""

    came = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # as it was called
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.came += len(raw_data)
        if self.came <= MOST:
            self.held.write(raw_data)
        else:
            self.held = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
