/**
 * Stands in a bundle for `@aws-sdk/credential-provider-node`. Lambda hands a function its role's credentials in the
 * environment and never anywhere else; the SDK's own chain would bring a tenth of the bundle to look for them in
 * files, single sign-on, other services and instance metadata.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new Error("The role's credentials are not in the environment.");
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
};
