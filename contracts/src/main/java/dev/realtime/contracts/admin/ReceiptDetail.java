package dev.realtime.contracts.admin;

import dev.realtime.contracts.Page;
import java.util.List;

/**
 * One receipt, and a page of its users.
 *
 * @param receipt the receipt
 * @param page which page of the users this is
 * @param users the users, by default those first who have not confirmed
 */
public record ReceiptDetail(ReceiptView receipt, Page page, List<ReceiptUser> users) {}
