/** What people read on, and under, a picture that belongs to a question. */
export const questionPictureText = {
  sent: 'New photo',
  noPhoto: 'no photo',
  answered: 'Got it.',
} as const;
