import type { IncomingHttpHeaders } from "node:http";
import type { Settings } from "../settings/schema";

/** As WeChat makes them; where a header came twice, its values are joined with a comma. */
export const OPENID = /^[\w-]{6,64}$/;
const DEVELOPER = /^dev:[\w.-]{1,64}$/;

type HostedSettings = Pick<Settings, "TRUST_WX_OPENID" | "WECHAT_APPID" | "WECHAT_CLOUD_ENV">;

/**
 * The OpenID that WeChat Cloud Hosting says of a request, or nothing where it is not to be believed: its gateway neither
 * blocks nor strips these headers on a public door, so anybody could be anybody there. Of another mini-program or
 * environment than ours it names a person whom we know by another name.
 * Source: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/container/wxinfo, and a container's own measurement.
 */
export function hostedOpenid(settings: HostedSettings, headers: IncomingHttpHeaders): string | undefined {
    const ours =
        settings.TRUST_WX_OPENID &&
        settings.WECHAT_CLOUD_ENV !== undefined &&
        headers["x-wx-appid"] === settings.WECHAT_APPID &&
        headers["x-wx-env"] === settings.WECHAT_CLOUD_ENV;
    const openid = headers["x-wx-openid"];
    return ours && typeof openid === "string" && OPENID.test(openid) ? openid : undefined;
}

/** `dev:ada` logs in as the person with that very OpenID, where settings allow it; WeChat's own have no colon. */
export function developmentOpenid(settings: Pick<Settings, "DEV_LOGIN" | "NODE_ENV">, code: string): string | undefined {
    return settings.DEV_LOGIN && settings.NODE_ENV !== "production" && DEVELOPER.test(code) ? code : undefined;
}
