"""A picture comes in: opened, turned the right way up, made readable in size, and written anew by us.

What was not the picture itself (place, camera, thumbnail, comment, what hides behind its end) stays behind.
"""

import io
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from ipta.dossiers.papers import jpeg, rules
from ipta.dossiers.papers.found import Clean, Unfit

FORMATS: Final = ("JPEG", "PNG", "WEBP")
_PLUGINS: Final = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)  # registered by being there; no others are
_PLAIN: Final = ("L", "RGB")
Image.MAX_IMAGE_PIXELS = None  # our own count is stricter, and refuses instead of warning


def clean(content: bytes, *, is_ours: bool) -> Clean:
    """The picture, written anew. `is_ours`: one that we wrote before may stay as it is, if that is all it is."""
    try:
        return _cleaned(content, is_ours=is_ours)
    except MemoryError:
        raise Unfit("dots") from None
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError):  # how Pillow says that it is not whole
        raise Unfit("broken") from None


def _cleaned(content: bytes, *, is_ours: bool) -> Clean:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        is_jpeg = opened.format in {"JPEG", "MPO"}
        if not is_jpeg and getattr(opened, "is_animated", False):
            raise Unfit("moving")
        wide, high = opened.size
        if wide * high > (rules.MOST_DOTS if is_jpeg else rules.MOST_DOTS_WHOLE):
            raise Unfit("dots")
        if is_ours and is_jpeg and max(wide, high) <= rules.LONGEST_SIDE and jpeg.is_bare(content):
            opened.load()
            return Clean("jpg", content)
        return _written(_readable(opened), as_png=opened.format == "PNG")


def _readable(opened: Image.Image) -> Image.Image:
    """The right way up, no larger than one needs to read it, and in plain colours."""
    side = (rules.LONGEST_SIDE, rules.LONGEST_SIDE)
    opened.draft("RGB", side)
    opened.thumbnail(side, Image.Resampling.LANCZOS, reducing_gap=2.0)
    turned = ImageOps.exif_transpose(opened)
    found = _on_white(turned) if turned.has_transparency_data else turned
    found = found if found.mode in _PLAIN else found.convert("L" if found.mode in {"1", "I;16"} else "RGB")
    found.info.clear()  # comment, profile and place: an encoder would write them again
    return found


def _on_white(picture: Image.Image) -> Image.Image:
    """What is see-through becomes white, as paper is."""
    picture = picture.convert("RGBA")
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet


def _written(picture: Image.Image, *, as_png: bool) -> Clean:
    if as_png:
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        if out.tell() <= rules.LARGEST_PNG:
            return Clean("png", out.getvalue())
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=rules.QUALITY, optimize=True)
    return Clean("jpg", out.getvalue())
