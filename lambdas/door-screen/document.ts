/** The icon, in the page itself: a browser asks for it without the page's address otherwise. */
const icon = [
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>",
  "<rect width='64' height='64' rx='18' fill='%23a3283f'/>",
  "<path d='M25 43V20l21-5v23' fill='none' stroke='%23fff4e2' stroke-width='4.5'/>",
  "<ellipse cx='20' cy='44' rx='6.5' ry='5.5' fill='%23f3c567'/>",
  "<ellipse cx='41' cy='39' rx='6.5' ry='5.5' fill='%23f3c567'/></svg>",
].join('');

/**
 * The page's HTML, which its script fills, and what it may load: its own files, and pictures and songs of the bucket.
 *
 * @param objects the origin of the presigned addresses
 */
export function screenDocument(objects: string): {
  readonly html: string;
  readonly contentSecurityPolicy: string;
} {
  const contentSecurityPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src ${objects} data:`,
    `media-src ${objects} data:`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { html, contentSecurityPolicy };
}

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="apple-mobile-web-app-capable" content="yes">
<title>Musical Joy</title>
<link rel="icon" href="${icon}" type="image/svg+xml">
<link rel="stylesheet" href="screen.css">
<script type="module" src="screen.js"></script>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`;
