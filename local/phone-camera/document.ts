/** What the page may load and reach: its own files, its own address, and the picture that its camera gives. */
export const documentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page that a phone opens; its script draws the rest. */
export const phoneDocument = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Musical Joy: this phone is the camera</title>
<link rel="stylesheet" href="phone.css">
<script type="module" src="phone.js"></script>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`;
