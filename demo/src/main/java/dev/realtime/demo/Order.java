package dev.realtime.demo;

import dev.realtime.contracts.Room;

/** An order until it is done or cancelled. */
final class Order {

    final int id;
    final String city;
    final String client;
    final String phone;
    String status = Orders.FIRST_STATUS;
    String master = "";
    int price;

    Order(int id, String city, String client, String phone) {
        this.id = id;
        this.city = city;
        this.client = client;
        this.phone = phone;
    }

    Room room() {
        return Room.order(Integer.toString(id));
    }
}
