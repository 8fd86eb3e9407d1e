package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvDownloadTest {

    @Test
    void quotesSeparators() throws Exception {
        StringWriter text = new StringWriter();
        new CsvDownload.Csv(text).row(List.of("a", "b;c", "say \"no\"", "two\nlines", ""));
        assertThat(text.toString()).isEqualTo("\"a\";\"b;c\";\"say \"\"no\"\"\";\"two\nlines\";\"\"\r\n");
    }

    /** The mark and the semicolon are what Excel with Russian settings needs. */
    @Test
    void excelOpensIt() throws Exception {
        StringWriter file = new StringWriter();
        CsvDownload.write(file, List.of("Кто", "Город"), csv -> csv.row(List.of("Анна", "Саратов")));
        assertThat(file.toString()).isEqualTo("\uFEFF\"Кто\";\"Город\"\r\n\"Анна\";\"Саратов\"\r\n");
    }
}
