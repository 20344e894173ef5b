/** What the page says, in English and in Chinese. A function where a value belongs into the sentence. */
const english = {
    api: "API",
    fresh: "New chat",
    logout: "Log out",
    login: "Log in",
    code: "Login code",
    codeHelp:
        "Users come from a WeChat mini-program, which gets its code by wx.login; a browser has no such code. Where this service was started for development, any name will do: dev:ada.",
    message: "Message",
    send: "Send",
    stop: "Stop",
    log: "Conversation",
    earlier: "Earlier messages",
    again: "Try again",
    takeBack: "Go on here",
    reasoning: "Thoughts",
    you: "You",
    model: "Answer",
    connecting: "Connecting …",
    offline: "You are offline. The answer goes on, and comes when you are back.",
    waiting: (seconds: number) => `The connection was lost. Next attempt in ${seconds} s.`,
    closed: "This answer goes on in another tab or on another device.",
    stopped: "Stopped.",
    cut: "The answer is as long as it may be, and ends here.",
    partial: "The model was shown only a part of this conversation.",
    unknown: "The model was not shown what was said before: it cannot be reached at the moment.",
    degraded: "The database is away; what you write is kept.",
    expired: "You were logged out. Log in again, and what you asked goes on.",
    failed: (message: string) => message,
};

export type Words = typeof english;

const chinese: Words = {
    api: "接口文档",
    fresh: "新对话",
    logout: "退出",
    login: "登录",
    code: "登录凭证",
    codeHelp: "用户从微信小程序进入,凭证由 wx.login 取得;浏览器里没有这种凭证。若服务以开发方式启动,任意名字即可:dev:ada。",
    message: "消息",
    send: "发送",
    stop: "停止",
    log: "对话",
    earlier: "更早的消息",
    again: "重试",
    takeBack: "在此继续",
    reasoning: "思考过程",
    you: "我",
    model: "回答",
    connecting: "正在连接……",
    offline: "网络已断开。回答仍在继续,恢复后会接着显示。",
    waiting: (seconds) => `连接中断,${seconds} 秒后重试。`,
    closed: "此回答已在其他标签页或设备上继续。",
    stopped: "已停止。",
    cut: "回答已达长度上限,到此为止。",
    partial: "模型只看到了这段对话的一部分。",
    unknown: "暂时读取不到之前的对话,模型没有看到。",
    degraded: "数据库暂不可用;您写的内容会保留。",
    expired: "登录已失效。重新登录后,刚才的问题会继续。",
    failed: (message) => `出错了:${message}`,
};

/** The words for a browser's language. */
export const wordsFor = (language: string): Words => (/^zh\b/i.test(language) ? chinese : english);

/** Fills in what the HTML leaves to the language: `data-words`, `data-label` (aria-label) and `data-hint` (placeholder). */
export function speak(words: Words, language: string): void {
    document.documentElement.lang = words === chinese ? language : "en";
    const say = (name: string, put: (element: HTMLElement, text: string) => void) =>
        document.querySelectorAll<HTMLElement>(`[data-${name}]`).forEach((element) => put(element, words[element.dataset[name] as keyof Words] as string));
    say("words", (element, text) => (element.textContent = text));
    say("label", (element, text) => element.setAttribute("aria-label", text));
    say("hint", (element, text) => ((element as HTMLTextAreaElement).placeholder = text));
}
