import { notify } from '../notices.tsx';

/**
 * Prints a picture with its words beneath it, and nothing else of the page (`style/print.css`).
 *
 * @param url the picture's
 */
export async function printPicture(url: string, words: string | undefined): Promise<void> {
  const sheet = document.createElement('figure');
  sheet.className = 'printed';
  const picture = document.createElement('img');
  picture.src = url;
  picture.alt = '';
  sheet.append(picture);
  if (words) {
    const caption = document.createElement('figcaption');
    caption.dir = 'auto';
    caption.textContent = words;
    sheet.append(caption);
  }
  document.body.append(sheet);
  addEventListener('afterprint', () => sheet.remove(), { once: true });
  try {
    // A browser prints what is there, and does not wait for pictures.
    await picture.decode();
    print();
  } catch {
    sheet.remove();
    notify('That picture can’t be printed.', 'error');
  }
}
