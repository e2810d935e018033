"""A camera that looks at a QR code: what chromium plays to a page in place of a real one."""

from pathlib import Path

import segno

WIDTH, HEIGHT, FRAMES = 640, 480, 20
BLACK, WHITE, NO_COLOUR = 16, 235, 128


def film_of(text: str, file: Path) -> Path:
    """Write a film (YUV4MPEG2, 4:2:0) that shows the QR code of a text for two seconds."""
    modules = [list(row) for row in segno.make(text, micro=False, error="m").matrix]
    size = HEIGHT * 3 // 4 // len(modules)
    left, top = (WIDTH - size * len(modules)) // 2, (HEIGHT - size * len(modules)) // 2
    picture = [bytearray([WHITE]) * WIDTH for _ in range(HEIGHT)]
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                for y in range(top + row * size, top + (row + 1) * size):
                    start = left + column * size
                    picture[y][start : start + size] = bytes([BLACK]) * size
    frame = b"FRAME\n" + b"".join(picture) + bytes([NO_COLOUR]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    file.write_bytes(head + frame * FRAMES)
    return file


def flags(film: Path) -> list[str]:
    """Return the flags under which chromium plays a film as its camera, and asks nobody."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
