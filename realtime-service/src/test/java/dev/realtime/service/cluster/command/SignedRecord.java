package dev.realtime.service.cluster.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Records of the destination control as somebody writes them who knows how they are signed. */
final class SignedRecord {

    private static final JsonMapper JSON = new JsonMapper();

    private SignedRecord() {}

    /** One that is signed as the instances with this {@code JWT_SECRET} sign theirs. */
    static String of(String secret, int protocol, String body) throws Exception {
        return withKey(hmac(secret.getBytes(UTF_8), "realtime: commands between instances"), protocol, body);
    }

    static String withKey(byte[] key, int protocol, String body) throws Exception {
        String mac = Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, protocol + "\n" + body));
        return JSON.writeValueAsString(Map.of("protocol", protocol, "mac", mac, "body", body));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
