package dev.realtime.contracts.admin;

import java.util.List;

/**
 * The instances of the cluster.
 *
 * @param instances the instances that answered
 * @param silent tags of known instances that did not answer in time
 */
public record Instances(List<InstanceReport> instances, List<String> silent) {}
