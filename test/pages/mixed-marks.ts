/** Half-width marks and brackets beside a Chinese character, each with what stands around it. */
export const mixedMarks = (text: string): readonly string[] =>
  [...text.matchAll(/.{0,8}(?:(?<=[\u3007\u4e00-\u9fff])[,:;?!()]|[,:;?!(](?=[\u3007\u4e00-\u9fff])).{0,8}/g)].map(
    ([found]) => found
  )
