package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

    private static final List<String> SIGNS = List.of(
            "=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\uFE66", "\uFE62", "\u207C", "\u2212",
            "\u2014");
    private static final List<String> SEPARATORS = List.of(",", ";", "|", "\t", "\n", "\r", "\r\n", "\u2028");
    private static final List<String> NOTHINGS = List.of("", " ", "\u00A0", "\u200B", "\uFEFF", "\"", " \" ");

    private static Stream<String> formulas() {
        return SIGNS.stream()
                .flatMap(sign -> Stream.concat(
                                Stream.of(""), SEPARATORS.stream().map(separator -> "x" + separator))
                        .flatMap(before -> NOTHINGS.stream().map(nothing -> before + nothing + sign + "1+1")));
    }

    /**
     * No cell starts with a formula's sign, whatever separators a spreadsheet uses and whether or not it respects
     * quotes.
     */
    @Test
    void noCellIsAFormulaWithAnySeparator() throws Exception {
        for (String text : formulas().toList()) {
            StringWriter row = new StringWriter();
            new CsvDownload.Csv(row).row(List.of("a", text, "b"));
            for (String separator : SEPARATORS) {
                for (String cell : row.toString().split(Pattern.quote(separator), -1)) {
                    assertThat(begins(cell)).as("<%s> by <%s>", row, separator).isNotIn(SIGNS);
                }
            }
        }
    }

    /** How a cell starts for a program that drops quotes and invisible characters. */
    private static String begins(String cell) {
        return cell.codePoints()
                .filter(c -> c != '"' && !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void guardsTheSignOfAFormula() {
        assertThat(CsvCell.of("x;=1+1")).isEqualTo("\"x;'=1+1\"");
        assertThat(CsvCell.of("=1+1")).isEqualTo("\"'=1+1\"");
        assertThat(CsvCell.of("a\n- b")).isEqualTo("\"a\n'- b\"");
        assertThat(CsvCell.of("\tx")).isEqualTo("\"'\tx\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-29T10:00:00Z",
                "i@example.com",
                "Mozilla/5.0 (X11; Linux x86_64) a-b+c=d",
                "operators; city:Саратов",
                "a,b|c"
            })
    void otherTextsAreUnchanged(String text) {
        assertThat(CsvCell.of(text)).isEqualTo('"' + text + '"');
    }
}
