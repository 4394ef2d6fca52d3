/** What people read of the camera, whichever it is. */
export const cameraText = {
  waitingForPage: 'Waiting for this page to send the webcam’s pictures.',
  waitingForPhone: 'Waiting for your phone to send pictures.',
  /** After a restart: the phone's link worked until then. */
  phoneLinkEnded:
    'Your phone was the camera, and its link has ended. Choose “My camera” to connect it again.',
  pageIsSilent: 'The page with the webcam sends no pictures. Is it still open?',
  phoneIsSilent: 'Your phone sends no pictures. Is its page still open, and the screen on?',
  notTheCamera: 'The webcam is not chosen as the camera.',
  openingVideo: 'Opening the video.',
  videoEnded: 'The video was played to its end.',
  calling: 'Calling the camera.',
  notToBeHad: 'The camera chosen last time is not to be had now. Please choose one.',
} as const;
