/** Size of the drawing in pixels. */
export const size = { width: 1280, height: 720 };

/** Where the guest's face is in the drawing, in pixels. */
export const face = { left: 554, top: 266, width: 172, height: 199 };

/**
 * A drawing of a winter evening at an open front door, to which a guest comes with a present: what the camera sees in
 * the README's picture. It shows no real person.
 *
 * @param away how far the guest is from the middle of the door, in pixels to the right; from 700 on, out of sight
 */
export function drawnDoor(away: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}">
    ${paints}
    ${outside}
    <g transform="translate(${away} 0)">${guest}</g>
    ${snow(60, 3.2)}
    ${inside}
  </svg>`;
}

const paints = `<defs>
  <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#1b2750"/><stop offset="0.65" stop-color="#4b4f8f"/><stop offset="1" stop-color="#c98a8f"/></linearGradient>
  <radialGradient id="moonlight"><stop stop-color="#fff3cf" stop-opacity="0.55"/><stop offset="1" stop-color="#fff3cf" stop-opacity="0"/></radialGradient>
  <radialGradient id="lamplight"><stop stop-color="#ffd98a" stop-opacity="0.75"/><stop offset="1" stop-color="#ffd98a" stop-opacity="0"/></radialGradient>
  <linearGradient id="wall" x2="0" y2="1"><stop stop-color="#f6dfbd"/><stop offset="1" stop-color="#eac596"/></linearGradient>
  <linearGradient id="wood" x2="1"><stop stop-color="#8b5733"/><stop offset="0.5" stop-color="#a86c41"/><stop offset="1" stop-color="#7c4b2b"/></linearGradient>
  <clipPath id="scarf-end"><path d="M668 470 l58 6 l10 140 l-62 4 z"/></clipPath>
</defs>`;

const outside = `<g>
  <rect width="1280" height="720" fill="url(#sky)"/>
  ${stars(46)}
  <circle cx="880" cy="150" r="150" fill="url(#moonlight)"/>
  <circle cx="880" cy="150" r="46" fill="#fff3cf"/>
  <path d="M200 520 C360 420 520 470 660 500 S940 430 1100 490 V720 H200z" fill="#b9c0e0"/>
  ${house(312, 424)}
  ${fir(478, 488, 0.75)}${fir(820, 486, 0.9)}${fir(905, 506, 1.25)}${fir(392, 520, 1.1)}
  <path d="M200 590 C400 520 560 560 700 580 S960 540 1100 580 V720 H200z" fill="#e9ecf8"/>
</g>`;

/** A small house far away, with light in its windows. */
function house(x: number, y: number): string {
  return `<g transform="translate(${x} ${y})">
    <rect width="92" height="62" fill="#5d4660"/>
    <path d="M-12 4 L46 -40 L104 4z" fill="#f4f5fc"/>
    <rect x="14" y="20" width="20" height="22" fill="#ffd98a"/><rect x="58" y="20" width="20" height="22" fill="#ffd98a"/>
  </g>`;
}

/** A fir tree with snow on it, standing at a point. */
function fir(x: number, y: number, scale: number): string {
  const branches = [0, 1, 2].map((row) => {
    const top = -150 + row * 38;
    const half = 26 + row * 12;
    return `<path d="M0 ${top} L${half} ${top + 64} H${-half}z" fill="#245a49"/>
      <path d="M0 ${top} L${half * 0.5} ${top + 32} Q0 ${top + 22} ${-half * 0.5} ${top + 32}z" fill="#f4f5fc"/>`;
  });
  return `<g transform="translate(${x} ${y}) scale(${scale})"><rect x="-7" y="-14" width="14" height="22" fill="#6b4330"/>${branches.reverse().join('')}</g>`;
}

const guest = `<g transform="translate(640 720) scale(0.93) translate(-640 -720)">
  <!-- coat -->
  <path d="M430 720 C432 590 470 520 560 498 H720 C812 520 848 590 850 720z" fill="#e2a23b"/>
  <path d="M640 520 V720" stroke="#b87a22" stroke-width="5"/>
  <circle cx="662" cy="640" r="9" fill="#8a5715"/><circle cx="662" cy="694" r="9" fill="#8a5715"/>
  <!-- the arm that waves -->
  <path d="M800 640 C900 610 916 520 902 452" fill="none" stroke="#e2a23b" stroke-width="70" stroke-linecap="round"/>
  <path d="M872 470 l62 -12" stroke="#c98a28" stroke-width="16" stroke-linecap="round"/>
  <path d="M872 440 C858 380 872 338 902 336 C934 336 944 386 932 436z" fill="#a3283f"/>
  <path d="M874 430 C850 420 838 396 850 384 C864 376 876 396 882 408z" fill="#a3283f"/>
  <!-- hair behind -->
  <path d="M524 330 C512 430 520 500 556 512 H724 C760 500 768 430 756 330 C740 240 540 240 524 330z" fill="#7a3b22"/>
  <!-- neck and head -->
  <rect x="606" y="420" width="68" height="90" fill="#eab893"/>
  <path d="M548 318 C548 262 590 232 640 232 S732 262 732 318 C732 392 692 446 640 446 S548 392 548 318z" fill="#f8cfae"/>
  <circle cx="574" cy="376" r="24" fill="#f19d8b" opacity="0.65"/><circle cx="706" cy="376" r="24" fill="#f19d8b" opacity="0.65"/>
  <!-- eyes that laugh, brows, nose, mouth -->
  <path d="M580 342 q20 -24 40 0 M660 342 q20 -24 40 0" fill="none" stroke="#3a2118" stroke-width="8" stroke-linecap="round"/>
  <path d="M576 306 q22 -14 44 -2 M660 304 q22 -12 44 2" fill="none" stroke="#7a3b22" stroke-width="7" stroke-linecap="round"/>
  <path d="M640 350 q10 18 -4 24" fill="none" stroke="#dc9b76" stroke-width="6" stroke-linecap="round"/>
  <path d="M596 388 Q640 404 684 388 Q678 432 640 434 Q602 432 596 388z" fill="#8f2436"/>
  <path d="M602 391 Q640 405 678 391 L674 402 Q640 413 606 402z" fill="#ffffff"/>
  <!-- fringe -->
  <path d="M546 330 C552 276 590 262 612 264 C600 290 576 306 546 330z M734 330 C728 276 690 262 650 262 C668 290 704 306 734 330z" fill="#7a3b22"/>
  <!-- bobble hat -->
  <path d="M536 282 C536 180 588 138 640 138 S744 180 744 282z" fill="#a3283f"/>
  <path d="M590 160 Q576 210 580 262 M640 140 V262 M690 160 Q704 210 700 262" fill="none" stroke="#8a1f34" stroke-width="6"/>
  <rect x="526" y="246" width="228" height="44" rx="22" fill="#fff4e2"/>
  <circle cx="640" cy="122" r="36" fill="#fff4e2"/>
  <!-- scarf -->
  <path d="M548 470 C580 500 700 500 732 470 C748 500 742 528 724 536 C680 556 600 556 556 536 C538 528 532 500 548 470z" fill="#2f7d55"/>
  <path d="M668 470 l58 6 l10 140 l-62 4 z" fill="#2f7d55"/>
  <g clip-path="url(#scarf-end)" stroke="#fff4e2" stroke-width="12"><path d="M650 566 l100 -6 M650 596 l100 -6"/></g>
  <!-- the present, and the mitten that holds it -->
  <g transform="rotate(-5 530 640)">
    <rect x="446" y="572" width="160" height="150" rx="6" fill="#3f6fae"/>
    <rect x="514" y="572" width="24" height="150" fill="#fff4e2"/>
    <rect x="438" y="556" width="176" height="38" rx="6" fill="#4d80c2"/>
    <rect x="514" y="556" width="24" height="38" fill="#fff4e2"/>
    <path d="M526 556 C490 500 458 530 526 556 C594 530 562 500 526 556z" fill="#fff4e2" stroke="#e0d2bb" stroke-width="4"/>
  </g>
  <path d="M424 700 C440 650 480 640 500 660 C520 684 500 712 470 720 H420z" fill="#a3283f"/>
</g>`;

const inside = `<g>
  <!-- walls, frame and door -->
  <path d="M0 0 H250 V720 H0z M1030 0 H1280 V720 H1030z M250 0 H1030 V46 H250z" fill="url(#wall)"/>
  <path d="M250 720 V46 H1030 V720 H990 V86 H290 V720z" fill="url(#wood)"/>
  <path d="M290 86 L214 46 V720 H290z" fill="#7f1f33"/>
  <path d="M276 108 L230 84 V340 L276 340z M276 380 H230 V720 H276z" fill="#96293f"/>
  <circle cx="270" cy="420" r="9" fill="#f0c35a"/>
  <!-- lamp -->
  <circle cx="1150" cy="196" r="190" fill="url(#lamplight)"/>
  <path d="M1150 120 V150" stroke="#6b4330" stroke-width="10"/>
  <path d="M1110 226 L1126 150 H1174 L1190 226z" fill="#fff0c4"/><path d="M1104 226 H1196" stroke="#6b4330" stroke-width="10" stroke-linecap="round"/>
  <!-- coats on hooks -->
  <path d="M1066 400 H1244" stroke="#8b5733" stroke-width="16" stroke-linecap="round"/>
  <path d="M1102 404 C1076 410 1066 428 1062 460 L1052 688 H1150 L1142 460 C1138 428 1128 410 1102 404z" fill="#4d6fa5"/>
  <path d="M1102 412 V688" stroke="#3f5d8d" stroke-width="5"/>
  <path d="M1208 404 C1186 410 1178 426 1174 452 L1166 632 H1250 L1242 452 C1238 426 1230 410 1208 404z" fill="#a3283f"/>
  <path d="M1208 412 V632" stroke="#8a1f34" stroke-width="5"/>
  <!-- a picture on the other wall -->
  <rect x="52" y="150" width="124" height="156" rx="6" fill="#8b5733"/><rect x="66" y="164" width="96" height="128" fill="#fff4e2"/>
  <path d="M98 262 V204 l34 -8 V252" fill="none" stroke="#a3283f" stroke-width="8"/><circle cx="90" cy="262" r="11" fill="#a3283f"/><circle cx="124" cy="252" r="11" fill="#a3283f"/>
  ${garland()}
</g>`;

/** Fir twigs with coloured lights, along the top of the door. */
function garland(): string {
  const lights = ['#f0b445', '#d8475c', '#8fd3a9', '#fff4e2'];
  const places = Array.from({ length: 27 }, (_, i) => ({
    x: 262 + i * 29,
    y: 62 + 26 * Math.sin((Math.PI * ((i * 29) % 252)) / 252),
  }));
  const twigs = places.map(
    ({ x, y }, i) =>
      `<path transform="translate(${x} ${y}) rotate(${i % 2 ? 18 : -14})" d="M0 -24 L26 0 L12 4 L20 20 L0 12 L-20 20 L-12 4 L-26 0z" fill="${i % 2 ? '#2f7d55' : '#246a47'}"/>`,
  );
  const bulbs = places.map(({ x, y }, i) =>
    i % 2 ? '' : `<circle cx="${x}" cy="${y + 12}" r="9" fill="${lights[(i / 2) % lights.length]}"/>`,
  );
  return twigs.join('') + bulbs.join('');
}

function stars(count: number): string {
  return scattered(count, 11)
    .map(({ x, y, z }) => `<circle cx="${x}" cy="${y * 0.5}" r="${1 + z * 1.6}" fill="#fff" opacity="0.7"/>`)
    .join('');
}

function snow(count: number, largest: number): string {
  return scattered(count, 7)
    .map(
      ({ x, y, z }) =>
        `<circle cx="${x}" cy="${y}" r="${1.6 + z * largest}" fill="#fff" opacity="${0.5 + z / 2}"/>`,
    )
    .join('');
}

/** Places that look like chance and are the same every time (a linear congruential generator). */
function scattered(count: number, seed: number): Array<{ x: number; y: number; z: number }> {
  let state = seed;
  const next = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let i = 0; i < 5; i++) next();
  return Array.from({ length: count }, () => ({ x: 290 + next() * 700, y: next() * 720, z: next() }));
}
