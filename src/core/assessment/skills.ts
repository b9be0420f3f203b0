/**
 * The skills that a rehearsal asks for, and how often they are wanted. Pure data.
 *
 * Areas and shares are those of the source document, section 2.5 ("岗位能力矩阵"): the share of campus postings that ask for the
 * area, and the share of experienced candidates who meet it.
 */
import type { Words } from "../../protocol/words.ts";

export const profileIds = ["campus", "experienced"] as const;
export type ProfileId = (typeof profileIds)[number];

export const areaIds = ["concurrency", "governance", "storage"] as const;
export type AreaId = (typeof areaIds)[number];

export interface Area {
  readonly title: Words;
  /** Percent, 0 to 100. */
  readonly share: Readonly<Record<ProfileId, number>>;
}

export const areas: Readonly<Record<AreaId, Area>> = {
  concurrency: {
    title: { en: "Go basics and concurrency", "zh-cn": "Go 基础与并发" },
    share: { campus: 92, experienced: 87 },
  },
  governance: {
    title: { en: "Service governance", "zh-cn": "微服务治理" },
    share: { campus: 38, experienced: 76 },
  },
  storage: {
    title: { en: "High-concurrency storage", "zh-cn": "高并发存储" },
    share: { campus: 21, experienced: 63 },
  },
};

export const skillIds = [
  "order",
  "cancellation",
  "fan-out",
  "limits",
  "cleanup",
  "deadlines-and-retries",
  "overload",
  "shutdown",
  "pools",
  "caching-and-partitions",
] as const;
export type SkillId = (typeof skillIds)[number];

export interface Skill {
  readonly area: AreaId;
  readonly title: Words;
  /** What is asked, in one sentence. */
  readonly summary: Words;
}

export const skills: Readonly<Record<SkillId, Skill>> = {
  order: {
    area: "concurrency",
    title: { en: "Order of execution", "zh-cn": "执行顺序" },
    summary: {
      en: "Which line runs when: microtasks, timers, await, and what a goroutine scheduler leaves open.",
      "zh-cn": "哪一行何时执行：微任务、定时器、await，以及 goroutine 调度不作保证的地方。",
    },
  },
  cancellation: {
    area: "concurrency",
    title: { en: "Cancellation", "zh-cn": "取消" },
    summary: {
      en: "AbortSignal and context: passing it on, checking it, keeping its reason, stopping in time.",
      "zh-cn": "AbortSignal 与 context：往下传、先检查、保留原因、及时停下。",
    },
  },
  "fan-out": {
    area: "concurrency",
    title: { en: "Fan-out and fan-in", "zh-cn": "扇出与扇入" },
    summary: {
      en: "Starting work side by side, collecting results and errors, and what happens to the rest.",
      "zh-cn": "并行发起、汇总结果与错误，以及其余任务的去向。",
    },
  },
  limits: {
    area: "concurrency",
    title: { en: "Limits and backpressure", "zh-cn": "限流与背压" },
    summary: {
      en: "Semaphores, sliding windows, queues that stay short, and fairness.",
      "zh-cn": "信号量、滑动窗口、不失控的队列与公平性。",
    },
  },
  cleanup: {
    area: "concurrency",
    title: { en: "Leaks and clean-up", "zh-cn": "泄漏与清理" },
    summary: {
      en: "Timers, listeners, buffers and work left behind, on every path out.",
      "zh-cn": "每条退出路径上遗留的定时器、监听器、缓冲区和任务。",
    },
  },
  "deadlines-and-retries": {
    area: "governance",
    title: { en: "Deadlines and retries", "zh-cn": "截止时间与重试" },
    summary: {
      en: "One deadline down the call chain, backoff with jitter, and what may be tried again.",
      "zh-cn": "贯穿调用链的截止时间、带抖动的退避，以及哪些错误可以重试。",
    },
  },
  overload: {
    area: "governance",
    title: { en: "Overload and tail latency", "zh-cn": "过载与长尾延迟" },
    summary: {
      en: "Hedging, shedding, breakers, load tests, and what a p99 tells.",
      "zh-cn": "对冲请求、丢弃负载、熔断、压测，以及 p99 说明了什么。",
    },
  },
  shutdown: {
    area: "governance",
    title: { en: "Start, health and shutdown", "zh-cn": "启动、健康检查与停机" },
    summary: {
      en: "Draining, grace periods, readiness, rolling updates, sidecars.",
      "zh-cn": "排空、宽限期、就绪检查、滚动更新与 sidecar。",
    },
  },
  pools: {
    area: "storage",
    title: { en: "Connection pools", "zh-cn": "连接池" },
    summary: {
      en: "Reuse, idle limits, health, waiting in line, and returning a connection exactly once.",
      "zh-cn": "复用、空闲上限、健康检查、排队，以及恰好归还一次。",
    },
  },
  "caching-and-partitions": {
    area: "storage",
    title: { en: "Caches, batches and partitions", "zh-cn": "缓存、批处理与分区" },
    summary: {
      en: "Stampedes, single flight, pipelines, transactions, order within a partition, committed offsets.",
      "zh-cn": "缓存击穿、single flight、管道、事务、分区内有序与位点提交。",
    },
  },
};
