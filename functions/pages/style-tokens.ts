/**
 * The design tokens: paper and ink, the colours of DOMAIN §4, type. Text colours keep 4.5:1 on `--paper` and
 * `--ground`, marks 3:1; in the dark the same names take lighter values; forced colours take the system's.
 */
export const tokens = `:root{
color-scheme:light dark;
--font:system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;
--mono:ui-monospace,"Cascadia Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;
--ground:#f5f6f4;--paper:#fff;--ink:#1b2126;--quiet:#565f68;--line:#d8dcdc;--control:#7c858d;
--link:#0b4f8a;--focus:#c2620a;--good:#176a32;--bad:#b3201f;
--notice:#fdf7e3;--notice-line:#a98a2c;
--red:#c92a2a;--yellow:#f2b705;--yellow-edge:#7d5700;--blue:#1769c2;--green:#1f8a45;--stale:#6b747c;--paused:#5b6670;--no-baseline:#6b747c;--done:#2a7f78;
--track:#d8dcdc;--tick:#1b2126;--fact:#3d5a73;--ahead:#a9bccd;--grid:#e6e9e9;--chart-base:#8a949c
}
@media(prefers-color-scheme:dark){:root{
--ground:#101315;--paper:#181c1f;--ink:#e7eaec;--quiet:#a4adb5;--line:#333a40;--control:#7e8890;
--link:#8cbcf0;--focus:#f5a524;--good:#6bd08a;--bad:#ff8f86;
--notice:#2a2515;--notice-line:#a98a2c;
--red:#f0625a;--yellow:#f5c62c;--yellow-edge:#f5c62c;--blue:#62a8f5;--green:#46b86b;--stale:#97a1a9;--paused:#a9b3bb;--no-baseline:#97a1a9;--done:#54bcb2;
--track:#333a40;--tick:#e7eaec;--fact:#86a9c8;--ahead:#41566a;--grid:#262c31;--chart-base:#76808a
}}
@media(forced-colors:active){:root{
--ground:Canvas;--paper:Canvas;--ink:CanvasText;--quiet:CanvasText;--line:CanvasText;--control:CanvasText;
--link:LinkText;--focus:Highlight;--good:CanvasText;--bad:CanvasText;--notice:Canvas;--notice-line:CanvasText;
--red:CanvasText;--yellow:CanvasText;--yellow-edge:CanvasText;--blue:CanvasText;--green:CanvasText;--stale:CanvasText;--paused:CanvasText;--no-baseline:CanvasText;--done:CanvasText;
--track:GrayText;--tick:Highlight;--fact:CanvasText;--ahead:Canvas;--grid:GrayText;--chart-base:GrayText
}}`
