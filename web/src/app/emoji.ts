// SPDX-License-Identifier: MIT
/* emoji.ts - can this machine draw colour emoji? If not, plates show initials: a thin monochrome
 * glyph looks broken. Asked once. */

export const hasEmoji = drawsColour();

function drawsColour(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return false;
  pen.font = '20px "Noto Color Emoji","Apple Color Emoji","Segoe UI Emoji",sans-serif';
  pen.fillText('\u{1F34E}', 0, 20);
  const pixels = pen.getImageData(0, 0, 24, 24).data;
  for (let i = 0; i < pixels.length; i += 4) {
    if ((pixels[i + 3] ?? 0) > 99 && pixels[i] !== pixels[i + 1]) return true;
  }
  return false;
}
