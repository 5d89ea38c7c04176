/** The path of the first of these names that is a program. */
export function program(debianPackage: string, ...names: string[]): string;

/** What Playwright needs to launch Chromium. */
export function chromiumToLaunch(): { executablePath: string; args: string[] };
