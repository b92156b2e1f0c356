import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

// Draws the sample pictures of the notebooks. They are stored in notebooks/pictures; run this again
// after a change: node scripts/bootstrap.mjs draw-samples [FOLDER]
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = process.argv[2] ?? join(root, "notebooks", "pictures");

/** A mountain range as a path: peaks are [x, y] from left to right, closed along `base`. */
function range(peaks: readonly [number, number][], base: number, width: number): string {
  const line = peaks.map(([x, y]) => `L${x} ${y}`).join(" ");
  return `M0 ${base} ${line} L${width} ${base} Z`;
}

/** A pine of a given height that stands at x, y. */
function pine(x: number, y: number, height: number): string {
  const tiers = [0.32, 0.24, 0.16].map((half, tier) => {
    const bottom = y - height * (0.12 + tier * 0.24);
    const top = bottom - height * 0.42;
    return `M${x - half * height} ${bottom} L${x} ${top} L${x + half * height} ${bottom} Z`;
  });
  return `<path d="${tiers.join(" ")} M${x - 1.5} ${y} h3 v${-height * 0.2} h-3 Z"/>`;
}

const FAR: [number, number][] = [
  [0, 120],
  [38, 92],
  [62, 108],
  [110, 58],
  [136, 84],
  [158, 70],
  [205, 112],
  [244, 80],
  [290, 116],
  [327, 98],
];
const NEAR: [number, number][] = [
  [0, 132],
  [50, 118],
  [96, 134],
  [150, 112],
  [214, 138],
  [268, 116],
  [327, 134],
];
const LAND = `
  <path d="${range(FAR, 150, 327)}" fill="url(#far)"/>
  <path d="M110 58 L97 71 L106 69 L111 76 L117 68 L124 72 Z M158 70 L150 77 L158 76 L166 78 Z"
    fill="#fff4e6" opacity=".85"/>
  <path d="${range(NEAR, 150, 327)}" fill="#3d4a7a"/>`;

const LAKE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 327 244" width="327" height="244">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#27336b"/><stop offset=".55" stop-color="#c96f7e"/>
      <stop offset="1" stop-color="#ffd08a"/>
    </linearGradient>
    <linearGradient id="far" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#6a5d98"/><stop offset="1" stop-color="#a97b9b"/>
    </linearGradient>
    <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#f3b184"/><stop offset=".4" stop-color="#8f5f86"/>
      <stop offset="1" stop-color="#1d2754"/>
    </linearGradient>
    <radialGradient id="glow"><stop offset="0" stop-color="#fff3cf"/>
      <stop offset=".25" stop-color="#ffe0a0" stop-opacity=".8"/>
      <stop offset="1" stop-color="#ffd08a" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="327" height="152" fill="url(#sky)"/>
  <circle cx="212" cy="104" r="70" fill="url(#glow)"/><circle cx="212" cy="104" r="14" fill="#fff6dc"/>
  <g fill="#fff" opacity=".5"><ellipse cx="70" cy="36" rx="44" ry="5"/><ellipse cx="98" cy="44" rx="30" ry="4"/>
    <ellipse cx="270" cy="28" rx="36" ry="4"/></g>
  ${LAND}
  <rect y="150" width="327" height="94" fill="url(#water)"/>
  <g transform="matrix(1 0 0 -.6 0 240)" opacity=".35">${LAND}</g>
  <g stroke="#ffe9c0" stroke-linecap="round" opacity=".8">
    <path d="M196 158 h32 M190 166 h44 M200 175 h26 M186 185 h20 M212 187 h26 M202 198 h22" stroke-width="2"/>
  </g>
  <g transform="translate(118 176)"><path d="M-24 0 h48 q-6 11 -14 11 h-22 q-9 0 -12 -11 Z" fill="#2a1b2b"/>
    <path d="M-1 -2 V-40 Q20 -22 18 -4 Z" fill="#fbe7d0"/><path d="M-4 -2 V-34 Q-18 -18 -17 -4 Z" fill="#c6302b"/>
    <path d="M-14 16 h28" stroke="#fff" opacity=".4"/></g>
  <g fill="none" stroke="#1f2444" stroke-width="1.6"><path d="M60 70 q5 -5 9 0 q5 -5 9 0"/>
    <path d="M84 58 q4 -4 7 0 q4 -4 7 0"/></g>
  <g fill="#141a33">${pine(18, 222, 84)}${pine(44, 232, 58)}${pine(304, 226, 96)}${pine(276, 238, 54)}
    <path d="M0 218 Q40 210 76 240 L76 244 H0 Z M327 218 Q290 214 250 244 H327 Z"/></g>
</svg>`;

const LIGHTHOUSE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 1000" width="100" height="1000">
  <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0d1b3d"/>
    <stop offset=".6" stop-color="#3f6ea6"/><stop offset="1" stop-color="#f2c79b"/></linearGradient></defs>
  <rect width="100" height="1000" fill="url(#sky)"/>
  <g fill="#fff">${Array.from({ length: 40 }, (_, i) => {
    const [x, y] = [(i * 37) % 100, (i * 97) % 480];
    return `<circle cx="${x}" cy="${y}" r="${0.5 + (i % 3) * 0.4}"/>`;
  }).join("")}</g>
  <path d="M50 232 L-40 150 V300 Z M50 232 L140 170 V310 Z" fill="#fff2b0" opacity=".45"/>
  <path d="M38 262 L24 930 H76 L62 262 Z" fill="#f6f1e7"/>
  <g fill="#c6302b">${[0, 1, 2, 3]
    .map((i) => {
      const [top, bottom] = [320 + i * 155, 398 + i * 155];
      const half = (y: number) => 12 + ((y - 262) / 668) * 14;
      return `<path d="M${50 - half(top)} ${top} L${50 - half(bottom)} ${bottom} H${50 + half(bottom)} L${50 + half(top)} ${top} Z"/>`;
    })
    .join("")}</g>
  <g fill="#2b2f42"><rect x="45" y="430" width="10" height="20" rx="5"/><rect x="45" y="590" width="10" height="20" rx="5"/>
    <rect x="45" y="745" width="10" height="20" rx="5"/><rect x="42" y="892" width="16" height="38" rx="8"/>
    <rect x="30" y="254" width="40" height="9"/><path d="M36 208 L50 180 L64 208 Z"/><rect x="48" y="164" width="4" height="18"/></g>
  <rect x="38" y="208" width="24" height="46" fill="#ffe889"/><path d="M50 208 v46 M38 208 h24" stroke="#2b2f42" stroke-width="2"/>
  <path d="M0 938 Q25 905 50 925 T100 915 V1000 H0 Z" fill="#2c2a2e"/>
  <path d="M0 972 q12 -8 25 0 t25 0 t25 0 t25 0 V1000 H0 Z" fill="#2f6690"/>
</svg>`;

const BALLOON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 240" width="200" height="240">
  <path d="M100 12 C166 12 186 62 178 96 C170 132 132 164 122 186 H78 C68 164 30 132 22 96 C14 62 34 12 100 12 Z" fill="#c6302b"/>
  <path d="M100 12 C128 12 142 62 138 96 C134 132 118 164 112 186 H88 C82 164 66 132 62 96 C58 62 72 12 100 12 Z" fill="#ffd08a"/>
  <path d="M100 12 C108 12 114 62 112 96 C110 132 106 164 104 186 H96 C94 164 90 132 88 96 C86 62 92 12 100 12 Z" fill="#27336b"/>
  <path d="M62 30 C46 44 38 68 42 92" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".5"/>
  <path d="M80 186 L86 208 M120 186 L114 208" stroke="#5b3a29" stroke-width="2"/>
  <path d="M82 206 h36 l-4 24 h-28 Z" fill="#8d5a34"/><path d="M82 206 h36 v5 h-36 Z" fill="#5b3a29"/>
</svg>`;

const FLAG = `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="20">
  <rect width="50" height="20" fill="#27336b"/><path d="M0 14 q12 -8 25 0 t25 0 V20 H0 Z" fill="#ffd08a"/>
  <circle cx="14" cy="7" r="4" fill="#fff6dc"/></svg>`;

const jpeg = { quality: 85, mozjpeg: true } as const;
const lake = sharp(Buffer.from(LAKE));
await mkdir(folder, { recursive: true });
const to = (name: string) => join(folder, name);
await lake.clone().flatten().jpeg(jpeg).toFile(to("lake.jpg"));
// As a phone that is held upright stores it: on its side, and the EXIF data says how to turn it.
await sharp(await sharp(Buffer.from(LAKE), { density: 144 }).flatten().rotate(-90).png().toBuffer())
  .jpeg(jpeg)
  .withMetadata({ orientation: 6 })
  .toFile(to("phone.jpg"));
await sharp(Buffer.from(LIGHTHOUSE)).flatten().jpeg(jpeg).toFile(to("lighthouse.jpg"));
await sharp(Buffer.from(BALLOON)).png({ palette: true }).toFile(to("balloon.png"));
await sharp(Buffer.from(FLAG)).flatten().png({ palette: true }).toFile(to("flag.png"));
for (const name of ["lake.jpg", "phone.jpg", "lighthouse.jpg", "balloon.png", "flag.png"]) {
  const { width, height, size, orientation } = await sharp(to(name)).metadata();
  console.log(name, `${width}×${height}`, size ?? "", orientation ?? "");
}
