package dev.realtime.contracts.admin;

import java.util.List;

/**
 * The instances of the cluster.
 *
 * @param instances those that answered
 * @param silent tags of those that are known and did not answer in time
 */
public record Instances(List<InstanceReport> instances, List<String> silent) {}
