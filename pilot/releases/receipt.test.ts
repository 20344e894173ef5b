import { describe, expect, it } from "vitest";
import { type Receipt, receiptOf } from "./receipt";

const lost = (why: string): Receipt => ({ why, again: undefined });
const later = (why: string, again: Receipt["again"] = "later"): Receipt => ({ why, again });

describe("the answer of a webhook", () => {
    // The robots' answers as their documentation and the issue threads of their clients have them.
    it.each<[string, string, Receipt]>([
        ["DingTalk", '{"errcode":0,"errmsg":"ok"}', {}],
        ["DingTalk, without the keyword", '{"errcode":310000,"errmsg":"keywords not in content, more: [https://ding-doc.dingtalk.com/doc?token=5e5e]"}', lost("it answers the error 310000 (keywords not in content, more: […)")],
        ["DingTalk, a token that is none", '{"errcode":300001,"errmsg":"token is not exist"}', lost("it answers the error 300001 (token is not exist)")],
        ["DingTalk, too fast", '{"status":1111,"wait":5,"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', later("it answers the error 130101 (send too fast, exceed 20 times per minute)")],
        ["DingTalk, busy", '{"errcode":-1,"errmsg":"系统繁忙"}', later("it answers the error -1 (系统繁忙)", "soon")],
        ["WeCom", '{"errcode":0,"errmsg":"ok"}', {}],
        ["WeCom, with a byte order mark and the code as text", '\uFEFF{"errcode":"93000","errmsg":"invalid webhook url"}', lost("it answers the error 93000 (invalid webhook url)")],
        ["WeCom, without words", '{"errcode":93000}', lost("it answers the error 93000")],
        ["WeCom, too often", '{"errcode":45009,"errmsg":"api freq out of limit"}', later("it answers the error 45009 (api freq out of limit)")],
        ["Feishu", '{"code":0,"msg":"success","data":{}}', {}],
        ["Feishu, an older one", '{"StatusCode":0,"StatusMessage":"success","Extra":null}', {}],
        ["Feishu, both", '{"Extra":null,"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}', {}],
        ["Feishu, a token that is none", '{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}', lost("it answers the error 19001 (param invalid: incoming webhook access token invalid)")],
        ["Feishu, without words", '{"code":19001}', lost("it answers the error 19001")],
        ["Feishu, an older one, refused", '{"StatusCode":19021,"StatusMessage":"sign match fail"}', lost("it answers the error 19021 (sign match fail)")],
        ["Feishu, no message of its kind", '{"code":9499,"msg":"Bad Request","data":{}}', lost("it answers the error 9499 (Bad Request)")],
        ["Feishu, too often", '{"code":9499,"msg":"too many request"}', later("it answers the error 9499 (too many request)")],
        ["Feishu, too often, with its own code", '{"code":11232,"msg":"frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]"}', expect.objectContaining({ again: "later" }) as Receipt],
        ["Slack's webhooks", "ok", {}],
        ["Slack's API", '{"ok":true}', {}],
        ["Slack's API, refused", '{"ok":false,"error":"invalid_auth"}', lost("it answers an error (invalid_auth)")],
        ["Slack's API, too often", '{"ok":false,"error":"ratelimited"}', later("it answers an error (ratelimited)")],
        ["an error that quotes the address", '{"errcode":1,"errmsg":"no robot 0123456789abcdef0123456789abcdef"}', lost("it answers the error 1 (no robot …)")],
        ["nothing", "", {}],
        ["words", "thanks", {}],
        ["a page", "<html>errcode: 1</html>", {}],
        ["a list", '[{"errcode":1}]', {}],
        ["null", "null", {}],
        ["a code that is a success elsewhere", '{"code":200,"msg":"success"}', {}],
        ["one with five digits", '{"code":10000,"msg":"success"}', {}],
        ["a small code of somebody's own", '{"code":1,"message":"queued"}', {}],
        ["a status of somebody's own", '{"StatusCode":201,"error":null}', {}],
        ["an id that is called code", '{"code":"a1b2"}', {}],
    ])("%s: %s", (_, text, receipt) => expect(receiptOf(200, text)).toEqual(receipt));

    it.each([301, 400, 404, 429, 500])("that is %i is an error that may pass, whatever it says", (status) => {
        expect(receiptOf(status, '{"errcode":0}')).toEqual(later(`it answers ${status}`, "soon"));
    });
});
