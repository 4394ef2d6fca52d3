/** What people read when something went wrong that nobody foresaw. */
export const failureText = 'Something went wrong on my side. Please try again in a minute.';
