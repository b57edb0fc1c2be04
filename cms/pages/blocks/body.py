"""The blocks of a page's body (正文)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.pages.blocks import samples
from cms.pages.blocks.values import AttachmentValue, PictureValue

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists (正文)."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "design/blocks/text.html"
        description = _("Paragraphs and lists, with bold words and links.")
        preview_value = staticmethod(samples.text)


class HeadingBlock(blocks.StructBlock):
    """A heading inside the body (小标题)."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Heading of a section")), ("3", _("Subsection"))],
        default="2",
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        template = "design/blocks/heading.html"
        description = _("Parts a long text; the table of contents is made of these.")
        preview_value = staticmethod(samples.heading)


class PictureBlock(blocks.StructBlock):
    """One picture with caption and credit (图片)."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Text alternative"),
        max_length=200,
        help_text=_("For people who cannot see the picture: what does it show?"),
        search_index=False,
    )
    caption = blocks.CharBlock(label=_("Picture caption"), max_length=200, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=80,
        required=False,
        help_text=_("Left empty, the credit of the picture itself."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"
        template = "design/blocks/picture.html"
        value_class = PictureValue
        description = _("One picture with description, caption and credit.")
        preview_template = "cms/admin/blocks/picture_preview.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures in a grid (图集)."""

    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=24, default=[{}, {}])
    caption = blocks.CharBlock(label=_("Picture caption"), max_length=200, required=False)

    class Meta:
        icon = "grip"
        label = _("Gallery")
        label_format = "{caption}"
        template = "design/blocks/gallery.html"
        description = _("Two to 24 pictures of one occasion, side by side.")
        preview_template = "cms/admin/blocks/gallery_preview.html"


class DataTableBlock(blocks.StructBlock):
    """A table with a caption (表格)."""

    caption = blocks.CharBlock(
        label=_("Title of the table"), max_length=120, required=False, help_text=_("What the table shows.")
    )
    table = TableBlock(label=_("Table"))

    class Meta:
        icon = "table"
        label = _("Table")
        label_format = "{caption}"
        form_classname = "struct-block xq-table"
        template = "design/blocks/table.html"
        description = _("Rows and columns, the first of each as a heading if you like.")
        preview_value = staticmethod(samples.table)


class QuoteBlock(blocks.StructBlock):
    """A quotation and where it comes from (引用)."""

    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    source = blocks.CharBlock(label=_("Source"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"
        template = "design/blocks/quote.html"
        description = _("Somebody's words, and who said them.")
        preview_value = staticmethod(samples.quote)


class AttachmentBlock(blocks.StructBlock):
    """A file to download (附件)."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=160,
        required=False,
        help_text=_("Left empty, the title of the file."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Attachment")
        label_format = "{title}"
        template = "design/blocks/attachment.html"
        value_class = AttachmentValue
        description = _("A file that readers can download.")
        preview_template = "cms/admin/blocks/attachment_preview.html"


class NoticeBlock(blocks.StructBlock):
    """A box that stands out (提示)."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Information")), ("important", _("Important")), ("warning", _("Warning"))],
        default="info",
        search_index=False,
    )
    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link", "ul"])

    class Meta:
        icon = "info-circle"
        label = _("Notice box")
        label_format = "{title}"
        template = "design/blocks/notice.html"
        description = _("A short message that must not be overlooked.")
        preview_value = staticmethod(samples.notice)


class TimelineItemBlock(blocks.StructBlock):
    """One station of a timeline."""

    when = blocks.CharBlock(label=_("When"), max_length=40)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)

    class Meta:
        icon = "dot"
        label = _("Station")
        label_format = "{when} {title}"


class TimelineBlock(blocks.StructBlock):
    """Things in the order of time (时间轴)."""

    items = blocks.ListBlock(TimelineItemBlock(), label=_("Stations"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "design/blocks/timeline.html"
        description = _("What happened or will happen, one after the other.")
        preview_value = staticmethod(samples.timeline)


class BodyBlock(blocks.StreamBlock):
    """Everything a body may hold."""

    text = TextBlock()
    heading = HeadingBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    table = DataTableBlock()
    quote = QuoteBlock()
    attachment = AttachmentBlock()
    notice = NoticeBlock()
    timeline = TimelineBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
