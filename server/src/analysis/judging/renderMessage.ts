/** Fills `{argument}` placeholders; one without an argument stays as it is. */
export function renderMessage(template: string, args: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    return value === undefined ? placeholder : String(value).replace(/\s+/g, ' ');
  });
}
