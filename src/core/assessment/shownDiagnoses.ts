export const shownDiagnoses: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
