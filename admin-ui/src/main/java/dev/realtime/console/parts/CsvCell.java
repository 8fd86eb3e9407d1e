package dev.realtime.console.parts;

/**
 * A quoted CSV cell in which no spreadsheet finds a formula.
 *
 * <p>A spreadsheet may split cells at another character than the comma. Then the quotes do not protect the text, and
 * each separator in it starts a cell. So an apostrophe is inserted wherever a cell could start with a formula's sign:
 * at the start of the text and after every separator and line break, even behind white space or quotes.
 */
final class CsvCell {

    private static final char GUARD = '\'';

    /** Characters that separate cells or rows in some program. */
    private static final String SEPARATORS = ",;|\t\n\u000B\f\r\u0085\u2028\u2029";

    /**
     * The signs that start a formula, and characters that programs convert to them: full-width, small, superscript and
     * subscript forms, dashes.
     */
    private static final String FORMULA = "=+-@"
            + "\uFF1D\uFF0B\uFF0D\uFF20"
            + "\uFE66\uFE62\uFE63\uFE6B"
            + "\u207C\u207A\u207B\u208C\u208A\u208B"
            + "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";

    private CsvCell() {}

    static String of(String text) {
        StringBuilder cell = new StringBuilder(text.length() + 8).append('"');
        if (!text.isEmpty() && SEPARATORS.indexOf(text.charAt(0)) > SEPARATORS.indexOf('|')) {
            cell.append(GUARD);
        }
        int begin = cell.length();
        boolean beginning = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean separator = SEPARATORS.indexOf(c) >= 0;
            if (beginning && FORMULA.indexOf(c) >= 0) {
                cell.insert(begin, GUARD);
            }
            beginning = separator || beginning && isNothing(c);
            cell.append(c);
            if (c == '"') {
                cell.append(c);
            }
            if (separator) {
                begin = cell.length();
            }
        }
        return cell.append('"').toString();
    }

    /** Characters that a program may drop before it checks how a cell starts. */
    private static boolean isNothing(char c) {
        return c == '"'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
