"""What the worker of this project does, done with Celery and Pillow: the other side of bench/jobs.ts.

Both at their best honest settings: Pillow's own thumbnail() decodes a JPEG at the scale it needs,
zipfile stores what is packed already, and Celery prefetches and acknowledges early (its default).
"""

import os
import zipfile
from uuid import uuid4

from celery import Celery
from PIL import Image, ImageOps

app = Celery("bench", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
app.conf.update(
    broker_connection_retry_on_startup=True,
    result_expires=3600,
    task_serializer="json",
    worker_prefetch_multiplier=32,
)
MEDIA = os.environ["MEDIA_ROOT"]
Image.MAX_IMAGE_PIXELS = 40_000_000


@app.task
def multiply(a, b):
    return a * b


@app.task
def make_thumbnails(file, name, sizes):
    path = os.path.join(MEDIA, file)
    stem = os.path.splitext(name)[0]
    archive = f"archives/{uuid4()}.zip"
    beside = os.path.join(MEDIA, "working", str(uuid4()))
    thumbnails = []
    made = []
    for width, height in sizes:
        with Image.open(path) as picture:
            small = picture
            # First, as long as it can have the decoder scale down; then turned upright.
            small.thumbnail((width, height))
            small = ImageOps.exif_transpose(small)
            extension = "jpg" if picture.format == "JPEG" else picture.format.lower()
            thumbnail = f"{stem}_{width}x{height}.{extension}"
            out = f"{beside}-{thumbnail}"
            small.save(out)
        made.append((out, thumbnail))
        thumbnails.append({"name": thumbnail, "width": small.width, "height": small.height})
    with zipfile.ZipFile(beside, "w") as archived:
        archived.write(path, name)
        for out, thumbnail in made:
            archived.write(out, thumbnail)
            os.remove(out)
    os.rename(beside, os.path.join(MEDIA, archive))
    return {"archivePath": archive, "thumbnails": thumbnails}
