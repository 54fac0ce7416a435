"""A font of the system that has Chinese."""

from __future__ import annotations

from collections.abc import Collection

from matplotlib import font_manager

from plan_graph.errors import InputError

FAMILIES = (  # sans serif first; faces of other regions last, whose characters are there in another shape
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Source Han Sans"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC"),
    *("STHeiti", "SimHei", "HarmonyOS Sans SC", "Sarasa Gothic SC", "Arial Unicode MS"),
    *("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "AR PL UMing CN", "AR PL UKai CN"),
    *("Noto Sans CJK TC", "Noto Sans CJK HK", "Noto Sans CJK JP", "Noto Sans CJK KR", "Droid Sans Fallback"),
)
CSS = ", ".join(f"'{family}'" for family in FAMILIES[:13]) + ", sans-serif"
"""What an SVG asks of whoever shows it: the same families, then any sans serif."""


def chinese_font(installed: Collection[str] | None = None) -> str:
    """Give the first family of ``FAMILIES`` among those installed (by default: those Matplotlib finds here).

    :raises InputError: if none is there, with the way to install one.
    """
    here = {entry.name for entry in font_manager.fontManager.ttflist} if installed is None else set(installed)
    found = next((family for family in FAMILIES if family in here), None)
    if found is None and installed is None:  # Matplotlib remembers its list: look again for one installed since
        fresh = font_manager.FontManager()
        here = {entry.name for entry in fresh.ttflist}
        found = next((family for family in FAMILIES if family in here), None)
        font_manager.fontManager.ttflist += [entry for entry in fresh.ttflist if entry.name == found]
    if found is None:
        raise InputError(
            "no font with Chinese characters is installed, so no figure can be drawn; install one, such as Noto Sans "
            "CJK (Debian and Ubuntu: apt install fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts)",
            "系统中没有中文字体，无法作图，请先安装，例如思源黑体 Noto Sans CJK（Debian、Ubuntu：apt install "
            "fonts-noto-cjk；Fedora：dnf install google-noto-sans-cjk-fonts）",
        )
    return found
