/** Whether the API server takes a text for the value of a label (k8s.io/apimachinery/pkg/util/validation). */
export function isLabelValue(text: string): boolean {
  return text.length <= 63 && /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(text);
}

/** Likewise for the name of a container's port, RFC 6335: at most 15 characters, a letter among them. */
export function isPortName(text: string): boolean {
  return (
    text.length <= 15 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text) && /[a-z]/.test(text) && !text.includes('--')
  );
}
