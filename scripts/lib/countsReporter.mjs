// A reporter for `node --test` that leaves only the counts, as one line of JSON, for the summary of `npm test`.

export default async function* countsReporter(source) {
  for await (const event of source) {
    // Without a file it is the summary of the whole run.
    if (event.type === 'test:summary' && event.data.file === undefined) yield JSON.stringify(event.data.counts);
  }
}
