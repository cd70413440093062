"""数据更新: what was handed in, what is wrong with it, what it would change, who accepted it, and the way back."""

from eldercare import blocks
from eldercare.text import _

blocks.title(_("数据更新"), _("上传、逐行检查、看差异、接受、退回。"))
