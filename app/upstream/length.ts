/**
 * How services say that a prompt is longer than their model takes. Most of them answer 400 with a code that tells
 * nothing, so their words count. The words are about the prompt: a refused `max_tokens` is another matter.
 * Sources: docs/model-services.md, "Prompts that are too long".
 */
const codes = /context_?(length|window|size|limit)_?(exceed|overflow)|exceed_?context|OutofContext|(prompt|input|messages?|string)_?(is_?)?too_?(long|large)|string_above_max_length|request_?too_?large/i;

const words = [
    /maximum (context|prompt|model|input|sequence) length/i,
    /(longer|greater|larger) than the (maximum |model'?s? )*(context|model|input) length/i,
    /exceeds? (the )?(model'?s? )?(maximum |max |available |input )*(context|sequence)|exceeds? (the )?(maximum|max|input) (input|prompt) length/i,
    /(context|sequence) (length|window|size|limit) (is |was )?exceed/i,
    /exceed(s|ed)? max(imum)? message tokens/i,
    /model token limit|model max length exceeded|token limit exceeded|input tokens exceed/i,
    /input length should be|input length .{0,40}exceeds/i,
    /input token count .{0,40}exceeds|inputs?`? (tokens|must have less than)|less than max_seq_len|prompt contains .{0,40}too large/i,
    /(prompt|input|message)s? (is |are )?too long|too many (input )?tokens|reduce the length of the (messages|prompt|input)/i,
    /(prompt|输入|上下文|文本|对话).{0,12}(超长|过长|超出|超过)/i,
];

/**
 * Whether an error says that its prompt is too long.
 * @param named the error's `code` and `type`
 */
export const isTooLong = (named: string[], message: string): boolean => named.some((code) => codes.test(code)) || words.some((pattern) => pattern.test(message));
