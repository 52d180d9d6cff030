"""Synthetic photographs of printed pages: bent, skewed, turned, unevenly lit, blurred, noisy, compressed."""

from __future__ import annotations

import cv2
import numpy as np


def photograph(page: bytes, *, seed: int = 1, turn: float = 7.0, skew: float = 0.06, bend: float = 3.0,
               blur: float = 1.0, noise: float = 6.0, scale: float = 1.6) -> bytes:
    """A JPEG of the page as a phone would take it. `turn` in degrees, `bend` in points of the page."""
    chance = np.random.default_rng(seed)
    image = cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_GRAYSCALE)
    height, width = image.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    image = cv2.remap(image, columns + bend * np.sin(rows / height * 3.1), rows + bend * np.sin(columns / width * 4),
                      cv2.INTER_LINEAR, borderValue=255)
    wide, tall = int(width * scale * 1.3), int(height * scale * 1.2)
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    angle = np.deg2rad(turn)
    turned = (corners * scale - (corners * scale).mean(0)) @ np.float32(
        [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * 0.9
    turned += chance.uniform(-skew, skew, (4, 2)) * np.float32([width, height]) * scale / 2 + [wide / 2, tall / 2]
    seen = cv2.warpPerspective(image, cv2.getPerspectiveTransform(corners, turned.astype(np.float32)), (wide, tall),
                               borderValue=90, flags=cv2.INTER_AREA)
    seen = cv2.GaussianBlur(seen, (0, 0), blur)
    light = np.linspace(0.65, 1.0, wide)[None, :] * np.linspace(1, 0.85, tall)[:, None]
    seen = seen * light + chance.normal(0, noise, seen.shape)
    return cv2.imencode(".jpg", np.clip(seen, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
