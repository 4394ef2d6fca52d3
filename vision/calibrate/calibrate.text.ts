import { type Calibrated, leastCalibrated } from '../second-opinion/calibration.ts';

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** What `npm run calibrate` says. */
export const calibrateText = {
  usage: `Joins a model of your own with the project's descriptor, so that two engines say whose a face is. docs/recognition.md
says which models and how.

  npm run calibrate -- --photos FOLDER [--second-opinion FOLDER]

  --photos FOLDER          photos to go by, one folder a person with two photos or more; ${leastCalibrated.people} people at least, better a hundred
  --second-opinion FOLDER  with model.json and the model; without it, SECOND_OPINION from the environment or the file .env
  --help                   this text

It writes calibration.json into that folder. Nothing leaves this machine, and the photos are only read. Then put
SECOND_OPINION=FOLDER into .env, start anew, and have the guests described anew: npm run doctor -- --repair

It ends with 0 when it is written, 1 when the model or the photos will not do, 2 for a wrong option.
`,
  noPhotos: 'Say where the photos are: --photos FOLDER, with one folder a person. --help says more.',
  noFolder: 'Say where the model is: --second-opinion FOLDER, or SECOND_OPINION in .env. --help says more.',
  notAFolder: (folder: string): string => `There is no folder ${folder}.`,
  noPeople: (folder: string): string =>
    `${folder} has no folders with photos (JPEG or PNG) in them: it needs one folder a person.`,
  loading: 'Loading both engines …',
  looking: (photos: number, people: number): string => `Looking at ${photos} photos of ${people} people …`,
  progress: (done: number, all: number): string => `${done} of ${all} photos`,
  leftOut: (photos: number): string =>
    `${photos} ${photos === 1 ? 'photo was' : 'photos were'} left out: no face in ${photos === 1 ? 'it' : 'them'} that would do.`,
  done: ({ people, pairs, told }: Calibrated, file: string): string =>
    [
      `Of ${people} people, ${pairs.same} pairs of photos of one and ${pairs.different} of different ones.`,
      'Pairs of one person that lie nearer than any two people:',
      `  the project's descriptor  ${share(told.first.known)}`,
      `  your model                ${share(told.second.known)}`,
      `  both                      ${share(told.joined.known)}`,
      told.joined.known > told.first.known
        ? 'Both together tell people apart better than one does.'
        : 'Both together tell these people apart no better than the project’s descriptor alone: see size, colours, mean and scale in model.json, or leave it.',
      `Written: ${file}`,
    ].join('\n'),
  stopped: 'Stopped; nothing is written.',
} as const;
