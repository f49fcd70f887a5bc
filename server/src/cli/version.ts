/** The version of package.json, written here so that a bundle that was copied elsewhere still knows it (a test compares). */
export const version = '0.1.0';
export const homepage = 'https://github.com/kubeharden/kubeharden';
