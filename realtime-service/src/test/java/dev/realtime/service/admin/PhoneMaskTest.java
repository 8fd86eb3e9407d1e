package dev.realtime.service.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PhoneMaskTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"phoneClient":"+79271234567"}                | {"phoneClient":"+•••••••••67"}
            {"phone":79271234567}                         | {"phone":"•••••••••67"}
            {"phone":"call me"}                           | {"phone":"•••• ••"}
            {"client":{"Phones":["12-34-56"]}}            | {"client":{"Phones":["••-••-56"]}}
            {"client-tel":[{"a":123456}],"b":123456}      | {"client-tel":[{"a":"••••56"}],"b":123456}
            {"note":"ring 8 (927) 765-43-21 after six"}   | {"note":"ring • (•••) •••-••-21 after six"}
            {"a":[{"text":"+44 20 7946 0958, or not"}]}   | {"a":[{"text":"+•• •• •••• ••58, or not"}]}
            {"num":79991234567}                           | {"num":"•••••••••67"}
            {"num":9991234567,"n":[4951234567]}           | {"num":"••••••••67","n":["••••••••67"]}
            {"79991234567":1,"79991234667":{"a":2}}       | {"•••••••••67":1,"•••••••••67 (2)":{"a":2}}
            {"id":79991234567,"sum":"8999123456"}         | {"id":79991234567,"sum":"8999123456"}
            {"orderId":"89991234567","ids":[89991234567]} | {"orderId":"89991234567","ids":[89991234567]}
            {"id":"+7 999 123-45-67"}                     | {"id":"+• ••• •••-••-67"}
            {"order":{"total":{"who":89991234567}}}       | {"order":{"total":{"who":"•••••••••67"}}}
            {"at":"2026-11-25 09:30:00"}                  | {"at":"2026-11-25 09:30:00"}
            {"at":"2026-11-25T09:30:00.123456789Z"}       | {"at":"2026-11-25T09:30:00.123456789Z"}
            {"id":12345678901,"time":1764063000000}       | {"id":12345678901,"time":1764063000000}
            {"amount":"7800000000.50","n":null,"b":true}  | {"amount":"7800000000.50","n":null,"b":true}
            {"a" : 1.10 , "b":1e400,"c":-79991234567 }    | {"a" : 1.10 , "b":1e400,"c":-79991234567 }
            {"a":"\\u002b7 999 123 45 67\\n","b":"\\u0041"} | {"a":"+• ••• ••• •• 67\\n","b":"\\u0041"}
            "8 912 345 67 89"                             | "• ••• ••• •• 89"
            89123456789                                   | "•••••••••89"
            """)
    void onlyNumbersToCallAreHiddenAndAllElseStays(String payload, String masked) {
        assertThat(mask(payload)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+7 (912) 345 - 67 - 89",
                "+7\u00A0912\u00A0345\u00A067\u00A089",
                "+7\u2009912\u2009345\u200967\u200989",
                "8\u202F(912)\u202F345\u201367\u201389",
                "8-912-345-67-89",
                "8 912 345 67 89",
                "8(912)3456789",
                "8.912.345.67.89",
                "8912 34 56 789",
                "8 (84565) 2-67-89",
                "7 701 123 67 89",
                "79123456789",
                "9123456789",
                "912 345-67-89",
                "(912) 345 6789",
                "(495)1236789",
                "495 1236789",
                "+38 (044) 123-67-89",
                "38 (044) 123-67-89",
                "380441236789",
                "+375 29 123-67-89",
                "375291236789",
                "(044) 123-67-89",
                "998901236789",
                "+49 (0) 30 12346789",
                "+1-202-555-6789",
                "+1 (202) 555.6789",
                "+372 5123 6789",
                "+7.9123456789",
                "007 912 345 67 89",
                "8-10-375-29-123-67-89",
                "\uFF0B\uFF17\uFF19\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18\uFF19",
                "\u0668\u0669\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
                "8\u200B912\u200B345\u200B67\u200B89",
                "8 912 345\u221267\u221289",
                "8 \uFF08912\uFF09 3456789",
                "8 [912] 345-67-89",
                "8 912\n345\r\n67 89",
                "+7\u2011912\u2012345\u201467\u201589"
            })
    void everyFormOfANumberIsHiddenWhereverItStands(String number) {
        for (String around : List.of(
                "%s", "тел. %s.", "тел.%s", "(%s)", "a, %s; b", "%s,%<s", "%s %<s", "tel:%s", "звонить%sвечером")) {
            String text = around.formatted(number);
            String hidden = PhoneNumbers.hide(text);
            assertThat(hidden.codePoints().filter(Character::isDigit).count())
                    .as("%s in %s", hidden, text)
                    // Of two in a row the first may take a digit of the second one.
                    .isBetween(2L, around.contains("<") ? 6L : 2L);
            assertThat(hidden).hasSameSizeAs(text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://crm.example/c?phone=+79123456789&x=1   | https://crm.example/c?phone=+•••••••••89&x=1
            https://crm.example/c?phone=%2B79123456789&x=1 | https://crm.example/c?phone=%2B•••••••••89&x=1
            https://crm.example/c?a=8%20(912)%20345-67-89  | https://crm.example/c?a=•%20(•••)%20•••-••-89
            ?q=%2b7%20%28912%29%20345%2D67%2d89#top        | ?q=%2b•%20%28•••%29%20•••%2D••%2d89#top
            ?q=%2B7%C2%A0912%C2%A0345%C2%A067%C2%A089      | ?q=%2B•%C2%A0•••%C2%A0•••%C2%A0••%C2%A089
            ?q=8+912+345+67+89&r=+7+%28912%29+3456789      | ?q=•+•••+•••+••+89&r=+•+%28•••%29+•••••89
            tel%3A%2B79123456789%22,%228%209123456789%26a  | tel%3A%2B•••••••••89%22,%22•%20••••••••89%26a
            ?u=https%3A%2F%2Fwa.me%2F79123456789%26n=50%25 | ?u=https%3A%2F%2Fwa.me%2F•••••••••89%26n=50%25
            ?t=%D0%B08-912-345-67-89%D0%B0                 | ?t=%D0%B0•-•••-•••-••-89%D0%B0
            https://wa.me/79123456789?text=20%25           | https://wa.me/•••••••••89?text=20%25
            tel:+7-912-345-67-89                           | tel:+•-•••-•••-••-89
            /orders/8-912-345-67-89/events                 | /orders/•-•••-•••-••-89/events
            https://crm.example/c/1764063000000-0?n=20%25  | https://crm.example/c/1764063000000-0?n=20%25
            """)
    void addressesOfPagesAreHiddenToo(String address, String hidden) {
        assertThat(PhoneNumbers.hide(address)).isEqualTo(hidden);
        assertThat(mask("{\"a\":\"" + address + "\",\"" + address + "\":true}"))
                .isEqualTo("{\"a\":\"" + hidden + "\",\"" + hidden + "\":true}");
    }

    /** Digits that take two chars each. */
    @Test
    void mathematicalDigitsAreHidden() {
        String number =
                "\uD835\uDFD6\uD835\uDFD7\uD835\uDFCF\uD835\uDFD0\uD835\uDFD1\uD835\uDFD2\uD835\uDFD3\uD835\uDFD4\uD835\uDFD5\uD835\uDFD6\uD835\uDFD7";
        assertThat(PhoneNumbers.hide(number)).isEqualTo("•".repeat(9) + number.substring(number.length() - 4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8 912 345-67-89 доб. 123     | • ••• •••-••-89 доб. •••
            +7 912 345 67 89, вн. 4      | +• ••• ••• •• 89, вн. •
            +1 202 555 0175 ext 1234     | +• ••• ••• ••75 ext ••••
            89123456789#12               | •••••••••89#••
            89123456789 12               | •••••••••89 12
            """)
    void extensionsAreHiddenAsAWhole(String text, String hidden) {
        assertThat(PhoneNumbers.hide(text)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550e8400-e29b-41d4-a716-446655440000",
                "89991234-5678-4012-8456-789012345678",
                "1764063000000-0",
                "1764063000",
                "1764063000000",
                "2026-11-25T09:30:00.123456789+03:00",
                "2026-11-25 09:30:00,123456",
                "55.751244, 37.618423",
                "37.6184231234567",
                "+55.751244",
                "-79.9123456789",
                "192.168.100.200",
                "81.222.111.100",
                "8 912 345 678 рублей",
                "8912345678 руб.",
                "89 123 456 789",
                "9 123 456 789",
                "9123456789,50",
                "89991234567.50",
                "8 999 123 45 67 ₽",
                "$ 9123456789",
                "4276 1234 5678 9012",
                "8600123456789012",
                "978-5-17-118366-4",
                "A89991234567",
                "89991234567ab",
                "ab12-89991234567",
                "заказ №9123456789",
                "заказ # 89123456789",
                "71234567890",
                "1.2.3.4567891234",
                "12345",
                "",
                "9 из 10"
            })
    void whatIsSomethingElseStays(String text) {
        assertThat(PhoneNumbers.hide(text)).isSameAs(text);
    }

    /** Whatever JSON it is: valid it stays, and what has no number in it stays as it is, byte by byte. */
    @Test
    void jsonStaysJson() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            String json = json(random, 0);
            String masked = mask(json);
            JsonNode before = JSON.readTree(json);
            JsonNode after = JSON.readTree(masked);
            assertThat(after.size()).as(json).isEqualTo(before.size());
            if (!json.contains("7999123456")) {
                assertThat(masked).isEqualTo(json);
            }
            assertThat(masked).as(json).doesNotContain("7999123456");
        }
    }

    private static String json(Random random, int depth) {
        int kind = depth > 3 ? random.nextInt(4) : random.nextInt(6);
        return switch (kind) {
            case 0 -> List.of("true", "null", " 1.50 ", "-0", "12345").get(random.nextInt(5));
            case 1 -> text(random);
            case 2 -> "7999123456" + random.nextInt(10);
            case 3 -> "\"\\\"+7999123456" + random.nextInt(10) + "\\\\\"";
            case 4 ->
                "[" + json(random, depth + 1) + (random.nextBoolean() ? " ,\n" + json(random, depth + 1) : "") + "]";
            default -> "{" + text(random) + " : " + json(random, depth + 1) + ",\"z\":" + json(random, depth + 1) + "}";
        };
    }

    private static String text(Random random) {
        return List.of(
                        "\"\"",
                        "\"a\\\"b\"",
                        "\"\\\\\"",
                        "\"Саратов\"",
                        "\"\\ud83d\\ude00\"",
                        "\"{[,:]}\"",
                        "\"79991234567\"")
                .get(random.nextInt(7));
    }

    /** A text that only looks like the beginnings of numbers takes no longer than its length. */
    @Test
    void noTextTakesForEver() {
        for (String piece : List.of(
                "8 912 345 ",
                "+7-",
                "8",
                "9.1-2(3) ",
                "+",
                "00",
                "89991234-5678-4012-",
                "№ ",
                "8%20912",
                "%2B7%20(",
                "8+9+")) {
            String text = piece.repeat(256 * 1024 / piece.length());
            assertThat(PhoneNumbers.hide(text)).hasSameSizeAs(text);
        }
    }

    private static String mask(String json) {
        return new String(PhoneMask.mask(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
