import type { PageAssets } from './assets.ts';

/**
 * Nothing comes from elsewhere and nothing is sent elsewhere; scripts and styles are our own files only.
 *
 * @param songs the origin of the songs that are played at the door: this machine's, on another port
 */
export const contentSecurityPolicy = (songs: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    `media-src 'self' blob:${songs === undefined ? '' : ` data: ${songs}`}`,
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The page's HTML; the script fills it. */
export function pageDocument({ script, style, icon }: PageAssets): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>Musical Joy</title>
<link rel="icon" href="${icon.path}" type="image/svg+xml">
<link rel="stylesheet" href="${style.path}">
<script type="module" src="${script.path}"></script>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`;
}
